/* Put before every source file: functions that later C libraries offer in a newer version are
   taken in their first one, so that what is built here also starts on glibc 2.28 (UOS 20). */
#if defined(__x86_64__)
#define FIRST_GLIBC "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define FIRST_GLIBC "GLIBC_2.17"
#endif

#ifdef FIRST_GLIBC
__asm__(".symver exp, exp@" FIRST_GLIBC);
__asm__(".symver exp2, exp2@" FIRST_GLIBC);
__asm__(".symver log, log@" FIRST_GLIBC);
__asm__(".symver log2, log2@" FIRST_GLIBC);
__asm__(".symver pow, pow@" FIRST_GLIBC);
#endif
