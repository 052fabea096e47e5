using System.Globalization;
using System.Runtime.CompilerServices;
using Federation.Proofs.Labels;

namespace Federation.Proofs.Tests.Labels;

public sealed class NativeBufferTests
{
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

    private static ulong AddressOf(ref byte value) =>
        (ulong)Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref value);

    private static string[] FlagsAt(ulong address)
    {
        var isHere = false;
        foreach (var line in File.ReadLines(Maps))
        {
            if (line.Split(' ')[0].Split('-') is [var start, var end]
                && ulong.TryParse(start, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var first)
                && ulong.TryParse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var behind))
            {
                isHere = first <= address && address < behind;
            }
            else if (isHere && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line.Split(' ');
            }
        }

        throw new InvalidOperationException($"{address:x} is in no mapping of {Maps}");
    }
}
