"""The words of the built-in templates: for each (subject, body), in one wording or several.

Each is 60 to 120 words when it is filled: thanks and something that was talked about (tip 2), the question
where things stand (tip 3), the question what could be better (tip 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_Wordings = tuple[tuple[str, str], ...]

_THANK_YOU: _Wordings = (
    (
        "Thank you for our conversation about $role",
        """Dear $first_name,

Thank you for the time you took to talk with me on $interview_day about the $role position. I have thought \
about $topics since, and I left with a much clearer picture of the work and of the people who do it.

It made me want to join you: this is the kind of problem I like to work on, and I believe that what I have \
done so far would help you with it. If you would like to see an example or ask anything further, please \
write to me.

Kind regards,
$my_name
""",
    ),
    (
        "Good to meet you: $role at $employer",
        """Dear $first_name,

It was good to meet you on $interview_day. What stayed with me most is what you said about $topics; I kept \
turning it over on the way home, and would be glad to go deeper into it with you.

Having heard how your team at $employer works, I am even keener on the $role position than when I applied. \
I could see myself being useful there from the first weeks on. Is there anything I can send you that would \
make your decision easier?

Best wishes,
$my_name
""",
    ),
    (
        "After our talk on $interview_day",
        """Hello $first_name,

I enjoyed talking with you on $interview_day, and above all the part about $topics. Your questions were the \
ones I would ask in your place, and your answers told me a lot about what matters at $employer.

The $role position fits what I am looking for, and what I can bring. Should a reference, a sample of my \
work or another short call be of use while you decide, you will have it the same day.

Many thanks, and until soon,
$my_name
""",
    ),
    (
        "Thanks for showing me how $employer works",
        """Dear $first_name,

I am writing to say thank you. You were generous with your time on $interview_day, and you answered openly \
everything I wanted to know.

We could have gone on for another hour about $topics. It showed me where the $role position can make a \
difference, and it is work that I would do with pleasure, from the first plans to the day when it is all \
running. Tell me if some point was left open; I will gladly come back to it.

With warm regards,
$my_name
""",
    ),
)

_THANKS_THROUGH_ORGANISER: _Wordings = (
    (
        "Thank you, and a small favour",
        """Dear $first_name,

Thank you for arranging the interview on $interview_day; everything went smoothly, and I felt welcome from \
the first minute.

I would like to thank $others as well, but have no address to write to. Could you please pass my thanks on? \
I especially enjoyed talking about $topics, and it made me want to work on the $role position even more.

If you need anything else from me for the next step, I will send it at once.

Kind regards,
$my_name
""",
    ),
)

_STATUS_EMAIL: _Wordings = (
    (
        "$role: where do things stand?",
        """Dear $first_name,

When we talked on $interview_day about the $role position, you expected to know more by $stated_date. I know \
that such plans move, so I would like to ask where things stand, and whether I am still being considered.

I am as interested as before: the conversation showed me that this is work I would like to do, with people I \
would like to do it with. If you need anything else from me in order to decide, please tell me, and you will \
have it shortly.

Kind regards,
$my_name
""",
    ),
    (
        "A question about the $role position",
        """Dear $first_name,

Since our conversation on $interview_day I have thought about the $role position a good deal, and I would \
still very much like to work at $employer.

Could you tell me how far the decision has come, and whether I am still among the candidates? A line is \
enough, even if it only says when you will know more; then I shall not disturb you before. If another talk, \
a reference or a sample of my work would help you meanwhile, I am glad to provide it.

Best wishes,
$my_name
""",
    ),
    (
        "My application for $role",
        """Hello $first_name,

I am writing about the $role position at $employer, for which I am still very keen.

May I ask what the state of things is, and whether my application is still being considered? I understand \
that these decisions take time, and do not want to press you; it would only help to know when I may expect \
to hear from you, and whether there is something I could add to what you already have.

Thank you for your time,
$my_name
""",
    ),
)

_CALL_SCRIPT: _Wordings = (
    (
        "Call about the $role position",
        """Hello, this is $my_name. I am calling about the $role position; I was interviewed on \
$interview_day. Do you have two minutes?

I enjoyed the conversation and am still very interested.
· Where do things stand with the position?
· Am I still being considered?
· When may I expect to hear, and may I call again if I have not heard by then?

Thank you, that helps me a lot. Have a good day!

No answer? Leave this: "Hello, $my_name about the $role position. I would like to know where things stand. \
You have my number; an email is fine too. Thank you!"
""",
    ),
    (
        "Call about the $role position",
        """Hello, this is $my_name. I am calling about the $role position at $employer, for which I have \
applied. Do you have two minutes?

I am still very interested in it.
· Where do things stand with the position?
· Am I still being considered?
· When may I expect to hear, and may I call again if I have not heard by then?

Thank you, that helps me a lot. Have a good day!

No answer? Leave this: "Hello, $my_name about the $role position. I would like to know where things stand. \
You have my number; an email is fine too. Thank you!"
""",
    ),
)

_CHECK_IN: _Wordings = (
    (
        "My application of $applied_on: $role",
        """Dear $first_name,

On $applied_on I applied for the $role position at $employer, and I would like to ask whether you have had \
the chance to look at my application.

The position caught my eye because it is close to what I do best and want to do more of. I would be glad to \
tell you in a short call what I could contribute, whenever it suits you. If some document is missing, or if \
somebody else looks after this position, please let me know.

Kind regards,
$my_name
""",
    ),
    (
        "Still interested: $role at $employer",
        """Dear $first_name,

I wrote to you some time ago about the $role position, and I am still interested in it. May I ask how the \
selection is going, and when you expect to choose whom to talk to?

If it helps, I can send a short summary of the work I have done that comes closest to yours, or answer \
questions by phone on any day this week. And should the position be filled already, a line would be kind; \
then I know where I stand.

Best wishes,
$my_name
""",
    ),
)

_FEEDBACK_REQUEST: _Wordings = (
    (
        "$role: thank you, and a question",
        """Dear $first_name,

Thank you for letting me know, and for the time you and your colleagues took to get to know me. I would have \
liked to work at $employer, so of course I hoped for another answer, but I respect your decision.

May I ask you one thing? What would have made me a stronger candidate for the $role position? Two honest \
lines would help me more than you may think. And if something was left open that further information from me \
could settle, I am glad to send it.

I wish you and your team all the best,
$my_name
""",
    ),
)

_OFFER_THANKS: _Wordings = (
    (
        "Thank you for the offer: $role",
        """Dear $first_name,

Thank you very much for the offer of the $role position. I am delighted, and please pass my thanks on to \
everybody who took part in the conversations.

I would like to read everything carefully, so that when I answer, I can do so for good. Should a question \
come up on the way I will write to you or call; and if you need something from me meanwhile, please tell me. \
You will hear from me soon.

With kind regards,
$my_name
""",
    ),
)

_OFFER_REPLY: _Wordings = (
    (
        "Your offer: $role",
        """Dear $first_name,

Thank you again for the offer of the $role position at $employer. I am very happy about it, and I am taking \
it seriously, as a decision for the coming years deserves.

By when do you need my answer? If it suits you, I would like to take a few days to think everything through \
and to talk it over at home. I will of course tell you at once if I know earlier; should a question on \
the details come up, we could settle it in a short call.

Kind regards,
$my_name
""",
    ),
)

_WITHDRAWAL: _Wordings = (
    (
        "Withdrawing my application: $role",
        """Dear $first_name,

I have accepted another position, and so I would like to withdraw my application for the $role position. I \
am telling you straight away, so that you can plan without me.

It was not an easy choice. I have come to think highly of $employer, and I thank you for the time and the \
attention that you and your colleagues gave me. I hope that you find the right person soon, and I would be \
glad if our paths crossed again.

With all good wishes,
$my_name
""",
    ),
)

_NEW_TIME: _Wordings = (
    (
        "A new time for our interview: $role",
        """Dear $first_name,

I am sorry that our interview for the $role position on $interview_day did not take place. I was looking \
forward to it, and I still am: I would very much like to talk with you about the work, and about what I \
could bring to $employer.

Could we find a new time? I am happy to adjust, whether it is in person, by video or by phone. If you send \
me two or three times that suit you, I will confirm one of them the same day.

Kind regards,
$my_name
""",
    ),
    (
        "Our interview of $interview_day: shall we try again?",
        """Hello $first_name,

We were going to talk on $interview_day about the $role position, and it did not come about. Plans change, \
and that is no trouble at all on my side.

I am as interested as before, and would be glad to make up for it. Which days would suit you? If a first \
call is easier to arrange than a meeting, I am happy to begin with that. Just tell me when, and I will be \
there; short notice is fine, too.

Best wishes,
$my_name
""",
    ),
    (
        "Another time to talk about $role?",
        """Dear $first_name,

I hope all is well with you. As our appointment on $interview_day fell through, I would like to ask you for \
another one: I am still keen to hear more about the $role position, and to tell you what I could do for \
$employer.

When would be a good time for you? Please name a day and an hour, and I will make room for it. Should the \
plans for the position have changed meanwhile, a line about that would help me, too.

Many thanks, and I hope to see you soon,
$my_name
""",
    ),
)

WORDINGS: Mapping[str, _Wordings] = MappingProxyType(
    {
        "thank_you": _THANK_YOU,
        "thanks_through_organiser": _THANKS_THROUGH_ORGANISER,
        "status_email": _STATUS_EMAIL,
        "call_script": _CALL_SCRIPT,
        "check_in": _CHECK_IN,
        "feedback_request": _FEEDBACK_REQUEST,
        "offer_thanks": _OFFER_THANKS,
        "offer_reply": _OFFER_REPLY,
        "withdrawal": _WITHDRAWAL,
        "new_time": _NEW_TIME,
    }
)
