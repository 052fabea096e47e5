using System.Runtime.InteropServices;

namespace Federation.Proofs.Labels;

/// <summary>
/// Transparent huge pages of Linux, where the system allows them on request. Advice only: without them all works as
/// before, so that a refusal is no failure.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page of the usual processors.</summary>
    public const long Size = 2L << 20;

    private const int AdviceHugePage = 14;

    /// <summary>Asks for huge pages behind memory that was not touched yet.</summary>
    public static void Advise(byte* start, long size)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Madvise(start, (nuint)(size / Size * Size), AdviceHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* start, nuint size, int advice);
}
