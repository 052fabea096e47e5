using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Tests.Poseidon;

/// <summary>Every path of the batches against the definition of the permutation.</summary>
public class PoseidonBatchTests
{
    private const int Seed = 40811;

    public static TheoryData<FieldPath, int> PathsAndArities()
    {
        var data = new TheoryData<FieldPath, int>();
        foreach (FieldPath path in FieldPaths.Supported)
        {
            foreach (int arity in (int[])[2, 4, 8, 11, 16, 24, 36])
            {
                data.Add(path, arity);
            }
        }

        return data;
    }

    public static TheoryData<FieldPath> Paths => [.. FieldPaths.Supported];

    [Theory]
    [MemberData(nameof(PathsAndArities))]
    public void HashNodes_EdgesAndRandomNodes_EqualsDefinition(FieldPath path, int arity)
    {
        const int count = 50;
        byte[] nodes = Nodes(count * arity, Seed + arity);
        var parents = new byte[count * 32];
        PoseidonBatch.HashNodes(path, arity, nodes, parents);
        for (int i = 0; i < count; i++)
        {
            byte[] expected = Plain(arity, nodes.AsSpan(i * arity * 32, arity * 32));
            Assert.True(
                expected.AsSpan().SequenceEqual(parents.AsSpan(i * 32, 32)), $"hash {i}, seed {Seed + arity}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void HashNodes_EveryCount_OverItsOwnNodesAndApart(FieldPath path)
    {
        for (int count = 0; count <= 35; count++)
        {
            byte[] nodes = Nodes(count * 2, Seed + count);
            byte[] expected =
                [.. Enumerable.Range(0, count).SelectMany(i => Plain(2, nodes.AsSpan(i * 64, 64)))];
            var parents = new byte[count * 32];
            PoseidonBatch.HashNodes(path, 2, nodes, parents);
            Assert.Equal(expected, parents);
            PoseidonBatch.HashNodes(path, 2, nodes, nodes.AsSpan(0, count * 32));
            Assert.Equal(expected, nodes[..expected.Length]);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void HashColumns_OfRows_HashesOneNodeOfEach(FieldPath path)
    {
        const int arity = 11, count = 37;
        byte[] rows = Nodes(arity * count, Seed);
        var hashes = new byte[count * 32];
        PoseidonBatch.HashColumns(path, arity, rows, hashes);
        for (int i = 0; i < count; i++)
        {
            byte[] column =
                [.. Enumerable.Range(0, arity).SelectMany(row => rows.AsSpan(((row * count) + i) * 32, 32).ToArray())];
            Assert.Equal(Plain(arity, column), hashes[(i * 32)..((i + 1) * 32)]);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void HashNodes_NodeNotBelowModulus_IsRefusedInAnyLane(FieldPath path)
    {
        for (int node = 0; node < 40; node++)
        {
            var nodes = new byte[40 * 32];
            byte[] modulus = (-Fr.One).ToBytes();
            modulus[0]++;
            modulus.CopyTo(nodes, node * 32);
            Assert.Throws<NonCanonicalFieldElementException>(
                () => PoseidonBatch.HashNodes(path, 2, nodes, new byte[20 * 32]));
        }
    }

    [Theory]
    [InlineData(128, 32)]
    [InlineData(64, 33)]
    [InlineData(63, 32)]
    public void HashNodes_OfWrongLength_IsRefused(int nodes, int parents)
    {
        Assert.Throws<ArgumentException>(() => PoseidonBatch.HashNodes(2, new byte[nodes], new byte[parents]));
        Assert.Throws<ArgumentException>(() => PoseidonBatch.HashColumns(2, new byte[nodes], new byte[parents]));
    }

    [Theory]
    [MemberData(nameof(PathsAndArities))]
    public void HashNodes_AfterFirstUse_AllocatesNothing(FieldPath path, int arity)
    {
        var nodes = new byte[19 * arity * 32];
        var parents = new byte[19 * 32];
        Allocations.AssertNone(() => PoseidonBatch.HashNodes(path, arity, nodes, parents));
    }

    private static byte[] Plain(int arity, ReadOnlySpan<byte> nodes)
    {
        PoseidonParameters parameters = PoseidonParameters.ForArity(arity);
        var state = new Fr[arity + 1];
        state[0] = parameters.DomainTag;
        for (int i = 0; i < arity; i++)
        {
            state[i + 1] = Fr.FromBytes(nodes.Slice(i * 32, 32));
        }

        PoseidonPermutation.ApplyPlain(parameters, state);
        return state[1].ToBytes();
    }

    // A third of the nodes are edges: 0, 1, r - 1, r - 2^k, 2^k.
    private static byte[] Nodes(int count, int seed)
    {
        var random = new Random(seed);
        var nodes = new byte[count * 32];
        for (int i = 0; i < count; i++)
        {
            Fr power = Fr.FromUInt64(2).PowVarTime((ulong)random.Next(256));
            byte[] bytes = random.Next(12) switch
            {
                0 => Fr.Zero.ToBytes(),
                1 => (-Fr.One).ToBytes(),
                2 => power.ToBytes(),
                3 => (-power).ToBytes(),
                _ => Random32(),
            };
            bytes.CopyTo(nodes, i * 32);
        }

        return nodes;

        byte[] Random32()
        {
            var bytes = new byte[32];
            random.NextBytes(bytes);
            bytes[31] &= 0x3f;
            return bytes;
        }
    }
}
