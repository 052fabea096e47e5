using System.Buffers.Binary;
using Federation.Proofs.Curve;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Groth16;

/// <summary>Takes uncompressed points off bytes, one after the other; what is wrong is named by its place.</summary>
internal ref struct PointReader(ReadOnlySpan<byte> bytes, PointChecks checks)
{
    private readonly int _size = bytes.Length;

    private ReadOnlySpan<byte> _rest = bytes;

    public G1Affine G1(string name, int index = -1)
    {
        var fault = G1Affine.TryFromUncompressed(Take(ParameterLayout.G1Size, name), out var point, checks);
        Require(fault, point.IsInfinity, name, index, "G1");
        return point;
    }

    public G2Affine G2(string name, int index = -1)
    {
        var fault = G2Affine.TryFromUncompressed(Take(ParameterLayout.G2Size, name), out var point, checks);
        Require(fault, point.IsInfinity, name, index, "G2");
        return point;
    }

    /// <summary>A number of elements, which are to follow in whole.</summary>
    public int Count(string name, int elementSize)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint), name));
        return (long)count * elementSize <= _rest.Length
            ? (int)count
            : throw new FormatException($"the bytes end at {_size}, within {name}, which has {count} elements");
    }

    public readonly void End()
    {
        if (_rest.Length > 0)
        {
            throw new FormatException($"{_rest.Length} bytes follow the last element");
        }
    }

    /// <exception cref="FormatException">The point cannot be used; the message tells which and why.</exception>
    public static void Require(PointFault fault, bool isInfinity, string name, int index, string group)
    {
        if (fault != PointFault.None || isInfinity)
        {
            var place = index < 0 ? name : $"{name}[{index}]";
            var reason = isInfinity && fault == PointFault.None
                ? $"The bytes are infinity, which is no point of a key."
                : new InvalidPointException(group, fault).Message;
            throw new FormatException($"{place} in {group}: {reason}");
        }
    }

    private ReadOnlySpan<byte> Take(int count, string name)
    {
        if (count > _rest.Length)
        {
            throw new FormatException($"the bytes end at {_size}, within {name}");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
