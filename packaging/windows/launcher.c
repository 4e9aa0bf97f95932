/* Starts the bundled Python on program\start.py, and says in Chinese what is missing.

   Built twice: for the desktop (公开年报.exe), and with -DCONSOLE for the command line
   (gongkai.exe), which a console waits for and which writes into it.

   No AppUserModelID is set: windows then group under the launcher, and so does what is pinned. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define PROGRAM L"公开年报"
#define LONGEST 32768
#define REFUSED 2
#define UNCAUGHT 1 /* what Python ends with after an exception nobody caught */

typedef int (*PythonMain)(int, wchar_t **);

static wchar_t folder[LONGEST];

static void tell(const wchar_t *format, ...) {
    static wchar_t sentence[2 * LONGEST];
    va_list values;
    va_start(values, format);
    _vsnwprintf(sentence, 2 * LONGEST - 1, format, values);
    va_end(values);
#ifdef CONSOLE
    static char bytes[8 * LONGEST];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD mode, written, length = (DWORD)wcslen(sentence);
    sentence[length++] = L'\n';
    if (GetConsoleMode(out, &mode)) {
        WriteConsoleW(out, sentence, length, &written, NULL);
    } else {
        int size = WideCharToMultiByte(CP_UTF8, 0, sentence, (int)length, bytes, sizeof bytes, NULL, NULL);
        WriteFile(out, bytes, (DWORD)size, &written, NULL);
    }
#else
    MessageBoxW(NULL, sentence, PROGRAM, MB_ICONERROR | MB_SETFOREGROUND);
#endif
}

static void find_folder(void) {
    GetModuleFileNameW(NULL, folder, LONGEST - 1);
    wchar_t *last = wcsrchr(folder, L'\\');
    if (last) *last = 0;
}

/* The full path of a file of the bundle; NULL, and told, where it is not there. */
static wchar_t *ours(const wchar_t *name) {
    size_t room = wcslen(folder) + wcslen(name) + 2;
    wchar_t *path = calloc(room, sizeof *path);
    if (!path) return NULL;
    _snwprintf(path, room, L"%ls\\%ls", folder, name);
    if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) return path;
    tell(L"程序文件不完整，找不到“%ls”。\n\n"
         L"如果是从压缩包里直接打开的，请先把压缩包全部解压，再打开解压后的文件夹里的程序；\n"
         L"否则请重新安装。草稿不受影响。", name);
    return NULL;
}

static PythonMain load_python(const wchar_t *library) {
    SetDllDirectoryW(L""); /* no library from the folder a draft was opened in */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    FARPROC entry = python ? GetProcAddress(python, "Py_Main") : NULL;
    if (!entry)
        tell(L"程序不能启动（系统错误 %lu）。\n\n"
             L"需要 64 位的 Windows 10（1809 版）或更新的系统；如果系统符合，请重新安装，\n"
             L"或请管理员在杀毒软件中查看是否误拦了本程序。草稿不受影响。", GetLastError());
    return (PythonMain)(void *)entry;
}

static int start(int count, wchar_t **given) {
    find_folder();
    wchar_t *library = ours(L"runtime\\python311.dll");
    wchar_t *script = library ? ours(L"program\\start.py") : NULL;
    PythonMain python_main = script ? load_python(library) : NULL;
    if (!python_main) return REFUSED;

    wchar_t *options[] = {given[0], L"-I", L"-S", L"-B", L"-X", L"utf8", script};
    int before = sizeof options / sizeof *options;
    wchar_t **arguments = calloc((size_t)(before + count), sizeof *arguments);
    if (!arguments) return REFUSED;
    for (int i = 0; i < before; i++) arguments[i] = options[i];
    for (int i = 1; i < count; i++) arguments[before + i - 1] = given[i];
    return python_main(before + count - 1, arguments);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **given) { return start(count, given); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE none, PWSTR line, int show) {
    (void)instance, (void)none, (void)line, (void)show;
    int code = start(__argc, __wargv);
    /* A double click or a draft: nothing else would tell that no window came. */
    if (code == UNCAUGHT && __argc <= 2)
        tell(L"程序没有能够启动。请重新安装；如果仍然不行，请运行 gongkai.exe 查看原因。\n\n"
             L"草稿不受影响。");
    return code;
}
#endif
