; The per-user installer: no administrator, no question that has a good answer already.
;
; makensis is given VERSION, VERSION_NUMBERS, ICON, PICTURE, OUTPUT and FILES, the last a list of
; what the bundle holds (written by bundle/installer.py): the uninstaller removes those files by
; name and nothing else, wherever somebody chose to install.
;
; For silent use: setup /S [/D=folder], uninstall.exe /S. Exit code 2: the program was still open,
; or the system is too old; nothing was changed then.

Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WinVer.nsh"

!define PROGRAM "公开年报"
!define LAUNCHER "公开年报.exe"
!define ABOUT "政府信息公开工作年度报告"
!define KEY "Software\gongkai"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\gongkai"
!define OPEN_WITH_KEY "Software\Classes\Applications\${LAUNCHER}"
!define MENU_KEY "Software\Classes\SystemFileAssociations\.json"
!define SETTINGS "$APPDATA\gongkai" ; as app/paths.py has it
!define HELD_BY_PROGRAM "runtime\python311.dll"
!define REFUSED 2
!define PATIENCE 20 ; half seconds
!define OLDEST_BUILD 17763 ; Windows 10 1809, which Qt 6.8 asks for
!include "${FILES}"

Name "${PROGRAM}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\gongkai"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
SetCompressorDictSize 64
BrandingText "${PROGRAM} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "${PROGRAM}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${PROGRAM}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEPAGE_TITLE "安装${PROGRAM} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "${PROGRAM}用来填报、核对、导出《${ABOUT}》。$\r$\n$\r$\n只为当前用户安装，不需要管理员，不连接网络。已经装过的会换成这一版，草稿和设置都保留。$\r$\n$\r$\n如果${PROGRAM}正开着，请先关闭它。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${PROGRAM}已经装好"
!define MUI_FINISHPAGE_TEXT "可以从开始菜单或桌面打开它。草稿存在“文档”里的“政府信息公开年报”文件夹，卸载程序不会删除草稿。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${LAUNCHER}"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${PROGRAM}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑删除${PROGRAM}和它的设置（窗口的选择、最近打开的列表、核对设置、出错记录）。草稿和导出的文件都留在原处，不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var Earlier ; the folder of the version that is replaced, "" where there is none

; Wait until no program runs from the folder, or refuse; the system keeps a library that is in
; use from being opened for writing.
!macro DefineWaitForEnd UN
Function ${UN}WaitForEnd
  Pop $R0
  StrCpy $R1 0
  ${Do}
    ${IfNot} ${FileExists} "$R0\${HELD_BY_PROGRAM}"
      Return
    ${EndIf}
    ClearErrors
    FileOpen $R2 "$R0\${HELD_BY_PROGRAM}" a
    ${IfNot} ${Errors}
      FileClose $R2
      Return
    ${EndIf}
    ${If} ${Silent}
      IntOp $R1 $R1 + 1
      ${If} $R1 > ${PATIENCE}
        SetErrorLevel ${REFUSED}
        Quit
      ${EndIf}
      Sleep 500
    ${ElseIf} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${PROGRAM}正开着。请先关闭它的窗口，再点“重试”。" IDCANCEL`
      SetErrorLevel ${REFUSED}
      Quit
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro DefineWaitForEnd ""
!insertmacro DefineWaitForEnd "un."

Function .onInit
  SetShellVarContext current
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "${PROGRAM}需要 Windows 10（1809 版）或更新的 64 位系统。" /SD IDOK
    SetErrorLevel ${REFUSED}
    Quit
  ${EndIf}
FunctionEnd

; The version that is there takes away its own files, which it knows best.
Function RemoveEarlier
  ReadRegStr $Earlier HKCU "${KEY}" "InstallDir"
  ${If} $Earlier == ""
  ${OrIfNot} ${FileExists} "$Earlier\uninstall.exe"
    StrCpy $Earlier ""
    Return
  ${EndIf}
  Push $Earlier
  Call WaitForEnd
  ExecWait '"$Earlier\uninstall.exe" /S /UPGRADE _?=$Earlier' $0
  ${If} $0 <> 0
    MessageBox MB_OK|MB_ICONSTOP "原来的版本没有能够换下。请关闭${PROGRAM}，重新启动电脑后再安装。草稿不受影响。" /SD IDOK
    SetErrorLevel ${REFUSED}
    Quit
  ${EndIf}
  Delete "$Earlier\uninstall.exe"
  RMDir "$Earlier"
FunctionEnd

Function OfferForDrafts
  ; Offered for .json, in 「打开方式」 and in the context menu; never the default.
  WriteRegStr HKCU "${OPEN_WITH_KEY}" "FriendlyAppName" "${PROGRAM}"
  WriteRegStr HKCU "${OPEN_WITH_KEY}\SupportedTypes" ".json" ""
  WriteRegStr HKCU "${OPEN_WITH_KEY}\shell\open\command" "" '"$INSTDIR\${LAUNCHER}" "%1"'
  WriteRegStr HKCU "${MENU_KEY}\shell\gongkai" "" "用${PROGRAM}打开"
  WriteRegStr HKCU "${MENU_KEY}\shell\gongkai" "Icon" '"$INSTDIR\${LAUNCHER}",0'
  WriteRegStr HKCU "${MENU_KEY}\shell\gongkai" "NeverDefault" ""
  WriteRegStr HKCU "${MENU_KEY}\shell\gongkai\command" "" '"$INSTDIR\${LAUNCHER}" "%1"'
FunctionEnd

Function SayItIsInstalled
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${LAUNCHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "gongkai"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
FunctionEnd

!macro TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  Push $INSTDIR
  Call WaitForEnd
  Call RemoveEarlier
  ClearErrors
  !insertmacro InstallFiles
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "有文件没有装上，可能是磁盘已满，或被杀毒软件拦下。请处理后重新安装。" /SD IDOK
    SetErrorLevel ${REFUSED}
    Quit
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${PROGRAM}.lnk" "$INSTDIR\${LAUNCHER}" "" "" 0 SW_SHOWNORMAL "" "${ABOUT}"
  ${If} $Earlier == "" ; who took it from the desktop does not find it there again
  ${OrIf} ${FileExists} "$DESKTOP\${PROGRAM}.lnk"
    CreateShortcut "$DESKTOP\${PROGRAM}.lnk" "$INSTDIR\${LAUNCHER}" "" "" 0 SW_SHOWNORMAL "" "${ABOUT}"
  ${EndIf}
  Call OfferForDrafts
  Call SayItIsInstalled
  !insertmacro TellShell
SectionEnd

Function un.ForgetEverything
  RMDir /r "${SETTINGS}"
  Delete "$SMPROGRAMS\${PROGRAM}.lnk"
  Delete "$DESKTOP\${PROGRAM}.lnk"
  DeleteRegKey HKCU "${OPEN_WITH_KEY}"
  DeleteRegKey HKCU "${MENU_KEY}\shell\gongkai"
  DeleteRegKey /ifempty HKCU "${MENU_KEY}\shell"
  DeleteRegKey /ifempty HKCU "${MENU_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${KEY}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  Push $INSTDIR
  Call un.WaitForEnd
  SetOutPath "$TEMP" ; a folder one stands in cannot be removed
  !insertmacro RemoveFiles
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${If} ${Errors}
    Call un.ForgetEverything
    !insertmacro TellShell
  ${EndIf}
SectionEnd
