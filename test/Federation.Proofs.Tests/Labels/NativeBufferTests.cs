using System.Globalization;
using System.Runtime.CompilerServices;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

/// <summary>By the process' list of mappings, which is not whole while others map and unmap.</summary>
[Collection(Alone.Name)]
public sealed class NativeBufferTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // More than any allocator keeps in its own heaps: the memory is a mapping of its own.
    private const long Size = 64L << 20;

    private const string Maps = "/proc/self/smaps", Setting = "/sys/kernel/mm/transparent_hugepage/enabled";

    // The kernel marks memory with hg that was advised to have huge pages, whatever it then gives.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NativeBuffer_HugePages_AreAskedForWhereWanted(bool hugePages)
    {
        if (!File.Exists(Setting))
        {
            return;
        }

        using var buffer = new NativeBuffer(Size, hugePages);
        Assert.Equal(hugePages, FlagsAt(AddressOf(ref buffer.Span(Size / 2, 1)[0])).Contains("hg"));
    }

    // Untouched memory: what is large takes no room, and is large all the same.
    [Theory]
    [InlineData(1L << 20)]
    [InlineData(Size)]
    [InlineData(2L << 30)]
    public void Dispose_AnySize_GivesTheMemoryBack(long size)
    {
        var buffer = new NativeBuffer(size);
        var first = AddressOf(ref buffer.Span(0, 1)[0]);
        var isSeen = !File.Exists(Maps) || SpinWait.SpinUntil(() => IsMapped(first, (ulong)size), Limit);

        buffer.Dispose();
        buffer.Dispose();

        Assert.True(isSeen);
        Assert.True(size < Size || SpinWait.SpinUntil(() => !IsMapped(first, (ulong)size), Limit));
    }

    /// <summary>In one piece: a smaller mapping may have taken its place already.</summary>
    private static bool IsMapped(ulong first, ulong size) => File.Exists(Maps) && File.ReadLines(Maps).Any(
        line => RangeOf(line) is { } range && range.First <= first && first + size <= range.Behind);

    private static ulong AddressOf(ref byte value) =>
        (ulong)Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref value);

    private static string[] FlagsAt(ulong address)
    {
        var isHere = false;
        foreach (var line in File.ReadLines(Maps))
        {
            if (RangeOf(line) is { } range)
            {
                isHere = range.First <= address && address < range.Behind;
            }
            else if (isHere && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line.Split(' ');
            }
        }

        throw new InvalidOperationException($"{address:x} is in no mapping of {Maps}");
    }

    /// <summary>The addresses of a line that begins a mapping; null for those that tell more of it.</summary>
    private static (ulong First, ulong Behind)? RangeOf(string line) =>
        line.Split(' ')[0].Split('-') is [var start, var end]
        && ulong.TryParse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var first)
        && ulong.TryParse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var behind)
            ? (first, behind)
            : null;
}
