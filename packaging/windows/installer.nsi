; The installer for Windows: for one user, without an administrator's rights.
;
;   makensis -DVERSION=0.1.0 -DPAYLOAD=dist\followup-desktop -DICON=build\icons\followup-desktop.ico
;            -DTEXTS=build\installer-texts.nsh
;            -DOUTPUT=dist\followup-desktop-0.1.0-setup.exe packaging\windows\installer.nsi
;
; What it says, in every language, is written by "python packaging\windows\installer_texts.py FILE".
;
; Silent: "setup.exe /S", also "/S /STARTUP=1" to start with Windows and "/D=C:\folder" (last) for another folder.
; Removal: "uninstall.exe /S". Neither touches the user's data.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!ifndef VERSION
  !error "Say which version: -DVERSION=0.1.0"
!endif
!ifndef PAYLOAD
  !error "Say where the built folder is: -DPAYLOAD=dist\followup-desktop"
!endif
!ifndef TEXTS
  !error "Say where its texts are: -DTEXTS=build\installer-texts.nsh"
!endif
!ifndef OUTPUT
  !define OUTPUT "followup-desktop-${VERSION}-setup.exe"
!endif

!define NAME "Follow Up"
!define PROGRAM "followup-desktop.exe"
!define KEY "Software\followup-desktop"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\followup-desktop"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define LINK_KEY "Software\Classes\followup"
!define FILE_ID "FollowUpDesktop.File"
!define FILE_KEY "Software\Classes\${FILE_ID}"
!define DATA "$LOCALAPPDATA\followup-desktop"

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\followup-desktop"
InstallDirRegKey HKCU "${KEY}" "folder"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "Installer of ${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(REMOVES)"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!include "${TEXTS}"

; The program's file can't be opened for writing while it runs. Leaves 1 in $0 then, else 0.
!macro IsRunning
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
    ClearErrors
  ${EndIf}
!macroend

!macro OfferFor ENDING
  WriteRegStr HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${FILE_ID}" ""
!macroend

!macro OfferNoMoreFor ENDING
  DeleteRegValue HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${FILE_ID}"
!macroend

!macro EachEnding WHAT
  !insertmacro ${WHAT} ".csv"
  !insertmacro ${WHAT} ".tsv"
  !insertmacro ${WHAT} ".xlsx"
  !insertmacro ${WHAT} ".xls"
  !insertmacro ${WHAT} ".ods"
  !insertmacro ${WHAT} ".ics"
  !insertmacro ${WHAT} ".eml"
  !insertmacro ${WHAT} ".vcf"
  !insertmacro ${WHAT} ".md"
!macroend

Section "${NAME}" SecProgram
  SectionIn RO
  !insertmacro IsRunning
  ${If} $0 = 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  ; Over an older version: what that one had and this one has not must not stay behind.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    RMDir /r "$INSTDIR\_internal"
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${KEY}" "folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The Follow Up Desktop authors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ; Links of the program's own: the program takes one only if it is all that it is given.
  WriteRegStr HKCU "${LINK_KEY}" "" "URL:${NAME}"
  WriteRegStr HKCU "${LINK_KEY}" "URL Protocol" ""
  WriteRegStr HKCU "${LINK_KEY}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  ; Offered under "Open with" for what it reads, and the default for none of it.
  WriteRegStr HKCU "${FILE_KEY}" "" "${NAME}"
  WriteRegStr HKCU "${FILE_KEY}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !insertmacro EachEnding OfferFor
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

Section /o "$(STARTUP)" SecStartup
  WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\${PROGRAM}" --background'
SectionEnd

Function .onInit
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/STARTUP=" $R1
  ${IfNot} ${Errors}
  ${AndIf} $R1 == "1"
    SectionSetFlags ${SecStartup} ${SF_SELECTED}
  ${EndIf}
  ; An upgrade keeps what was chosen before.
  ReadRegStr $R1 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $R1 != ""
    SectionSetFlags ${SecStartup} ${SF_SELECTED}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro IsRunning
  ${If} $0 = 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  ; Only what was installed: the folder may be one that the user chose, with things of their own in it.
  Delete "$INSTDIR\${PROGRAM}"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  DeleteRegValue HKCU "${APPROVED_KEY}" "${NAME}"
  DeleteRegKey HKCU "${LINK_KEY}"
  !insertmacro EachEnding OfferNoMoreFor
  DeleteRegKey HKCU "${FILE_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${KEY}"
  ${If} ${FileExists} "${DATA}\*"
    MessageBox MB_OK|MB_ICONINFORMATION "$(REMOVED)" /SD IDOK
  ${EndIf}
SectionEnd
