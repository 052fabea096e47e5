using System.Buffers.Binary;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// Writes rows in the canonical stream form. Per row A, B and C, each as its number of terms (u32, little-endian), then
/// its terms: kind (0 input, 1 auxiliary), index (u32, little-endian), coefficient (32 bytes, little-endian,
/// canonical).
/// </summary>
internal sealed class RowEncoder
{
    private const int CountBytes = 4;
    private const int TermBytes = 1 + CountBytes + Fr.SizeBytes;

    private byte[] _buffer = new byte[128 << 10];
    private int _length;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal void Clear() => _length = 0;

    internal void Write(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        var needed = _length + (3 * CountBytes) + ((a.Length + b.Length + c.Length) * TermBytes);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * needed);
        }

        Write(a);
        Write(b);
        Write(c);
    }

    private void Write(ReadOnlySpan<Term> terms)
    {
        var target = _buffer.AsSpan(_length);
        BinaryPrimitives.WriteInt32LittleEndian(target, terms.Length);
        target = target[CountBytes..];
        foreach (ref readonly var term in terms)
        {
            target[0] = term.Variable.IsInput ? (byte)0 : (byte)1;
            BinaryPrimitives.WriteInt32LittleEndian(target[1..], term.Variable.Index);
            WriteCoefficient(term.Coefficient, target.Slice(1 + CountBytes, Fr.SizeBytes));
            target = target[TermBytes..];
        }

        _length += CountBytes + (terms.Length * TermBytes);
    }

    private static void WriteCoefficient(in Fr coefficient, Span<byte> target)
    {
        if (coefficient == Fr.One)
        {
            target.Clear();
            target[0] = 1;
            return;
        }

        coefficient.WriteBytes(target);
    }
}
