using System.Buffers.Binary;
using System.Security.Cryptography;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Constraints;

public sealed class CircuitDigestTests
{
    [Fact]
    public void Compute_Cubic_DigestsTheStreamAsDefined()
    {
        var stream = new MemoryStream();
        Write(stream, (1, 0, Fr.One));
        Write(stream, (1, 0, Fr.One));
        Write(stream, (1, 1, Fr.One));
        Write(stream, (1, 1, Fr.One));
        Write(stream, (1, 0, Fr.One));
        Write(stream, (0, 0, -Fr.FromUInt64(5)), (0, 1, Fr.One), (1, 0, -Fr.One));
        foreach (var input in new[] { 0, 1 })
        {
            Write(stream, (0, input, Fr.One));
            Write(stream);
            Write(stream);
        }

        var digest = CircuitDigest.Compute(new CubicCircuit(0, 0), withOutline: true);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())), digest.Sha256);
        Assert.Empty(digest.Running);
        Assert.Empty(digest.Outline);
        Assert.Equal(new CircuitSize(4, 2, 2), digest.Size);
    }

    [Fact]
    public void Compute_LongNest_OutlinesItsFirstEightLevels()
    {
        var digest = CircuitDigest.Compute(new LambdaCircuit(system => Nest(system, 10)), withOutline: true);

        Assert.Equal(Enumerable.Range(0, 8), digest.Outline.Select(entry => entry.Level));
        Assert.Equal(
            [(0, 420, 410), (1, 418, 409), (2, 416, 408)],
            digest.Outline.Take(3).Select(entry => (entry.First, entry.Constraints, entry.Aux)));
        Assert.StartsWith("  nest 9\t1\t418\t409\t", digest.Outline[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(8, digest.Outline.Select(entry => entry.Digest).Distinct().Count());
    }

    [Fact]
    public void Compute_WithAndWithoutOutline_GivesTheSameDigest()
    {
        var circuit = new LambdaCircuit(system => Nest(system, 3));

        Assert.Equal(CircuitDigest.Compute(circuit).Sha256, CircuitDigest.Compute(circuit, withOutline: true).Sha256);
    }

    [Fact]
    public void Compute_ManyRows_GivesRunningDigests()
    {
        var digest = CircuitDigest.Compute(new LambdaCircuit(system => Enforce(system, 131_072)));

        var half = new byte[65_536 * 12];
        Assert.Equal(2, digest.Running.Count);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(half))[..16], digest.Running[0]);
    }

    [Fact]
    public void Compute_ManyRows_TellsThePartThatIsDone()
    {
        var seen = new List<double>();

        CircuitDigest.Compute(
            new LambdaCircuit(system => Enforce(system, (4 * 65_536) - 1)), withOutline: false, seen.Add);

        Assert.Equal([0.25, 0.5, 0.75, 1], seen);
    }

    [Fact]
    public void Compute_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            CircuitDigest.Compute(new CubicCircuit(0, 0), cancellationToken: cancelled.Token));
    }

    // Every level has a variable and a row before, and a row after what is inside.
    private static void Nest(ConstraintSystem system, int depth)
    {
        if (depth == 0)
        {
            for (var i = 0; i < 400; i++)
            {
                system.A.Add(system.Allocate(Fr.Zero));
                system.Enforce();
            }

            return;
        }

        using var scope = system.Enter("nest", depth);
        system.A.Add(system.Allocate(Fr.Zero));
        system.Enforce();
        Nest(system, depth - 1);
        Enforce(system, 1);
    }

    private static void Enforce(ConstraintSystem system, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            system.Enforce();
        }
    }

    private static void Write(MemoryStream stream, params (byte Kind, int Index, Fr Coefficient)[] terms)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(word, terms.Length);
        stream.Write(word);
        foreach (var (kind, index, coefficient) in terms)
        {
            stream.WriteByte(kind);
            BinaryPrimitives.WriteInt32LittleEndian(word, index);
            stream.Write(word);
            stream.Write(coefficient.ToBytes());
        }
    }
}
