using System.Buffers.Binary;
using Federation.Proofs.Commit2;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;
using Federation.Proofs.Post;
using Federation.Proofs.Tests.Post;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>
/// One flipped bit, anywhere in proofs, key or inputs, and a proof that held does not. Where every bit takes a
/// verification, the everyday tests take some of each value and the long ones all.
/// </summary>
public sealed class FlippedBitTests
{
    private const int Seed = 20261121;

    // Prime to the bits of a byte, so that each of them has its turn.
    private const int EverydayStep = 11;

    private static readonly string[] Circuits = ["porep-2KiB", "window-2KiB", "winning-2KiB"];

    private static readonly Dictionary<string, Groth16Verifier> Verifiers =
        Circuits.ToDictionary(circuit => circuit, circuit => new Groth16Verifier(ProofVector.Key(circuit)));

    public static TheoryData<string> CircuitNames => [.. Circuits];

    public static TheoryData<string> SmallCircuitNames => ["porep-2KiB", "window-2KiB"];

    public static TheoryData<int> Posts => [.. Enumerable.Range(0, PostVector.All.Count)];

    [Theory]
    [MemberData(nameof(ProofVector.Names), MemberType = typeof(ProofVector))]
    public void Verify_EveryBitOfTheProofs_IsRefusedOrDoesNotHold(string name)
    {
        var vector = ProofVector.Named(name);
        var verifier = Verifiers[vector.Circuit];
        for (var i = 0; i < vector.Inputs.Count; i++)
        {
            var (bytes, inputs) = (Groth16Proof.ToBytes([vector.Proofs[i]]), vector.Inputs[i]);
            int[] readable = EachBit(bytes, (bit, altered) =>
            {
                var read = Groth16Proof.TryRead(altered, out var proof, out _);
                Assert.False(read && verifier.Verify(proof, inputs), $"bit {bit} of proof {i}");
                return read;
            });

            // Another sign is the one flip that leaves a point of the group.
            Assert.Equal([5, (8 * 48) + 5, (8 * 144) + 5], readable);
        }
    }

    /// <summary>
    /// Only the checks of form and curve, which those of the group include, so that every bit is refused in seconds.
    /// </summary>
    [Theory]
    [MemberData(nameof(SmallCircuitNames))]
    public void FromBytes_EveryBitOfTheKey_IsRefused(string circuit) => AssertEveryBitIsRefused(circuit);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("winning-2KiB")]
    public void FromBytes_EveryBitOfTheLongestKey_IsRefused(string circuit) => AssertEveryBitIsRefused(circuit);

    /// <summary>What can be altered in a key and leaves points of the groups: the sign of one of them.</summary>
    [Theory]
    [MemberData(nameof(CircuitNames))]
    public void Verify_EveryPointOfTheKeyNegated_DoesNotHold(string circuit)
    {
        var vector = ProofVector.All.First(vector => vector.Circuit == circuit);
        var key = Verifiers[circuit].Key;
        VerifyingKey[] others =
        [
            key with { AlphaInG1 = -key.AlphaInG1 },
            key with { BetaInG2 = -key.BetaInG2 },
            key with { GammaInG2 = -key.GammaInG2 },
            key with { DeltaInG2 = -key.DeltaInG2 },
            .. Enumerable.Range(0, key.Inputs.Count).Select(i => key with { Inputs = Negated(key.Inputs, i) }),
        ];

        // The second challenges' place in a tree of one leaf may be 0, whose point does not count.
        for (var i = 0; i < others.Length; i++)
        {
            var unused = i > 4 && vector.Inputs[0][i - 5].IsZero;
            Assert.True(unused == new Groth16Verifier(others[i]).Verify(vector.Proofs[0], vector.Inputs[0]), $"{i}");
        }
    }

    /// <summary>The lowest, the highest and a random bit of every input, in every partition.</summary>
    [Theory]
    [MemberData(nameof(ProofVector.Names), MemberType = typeof(ProofVector))]
    public void Verify_EveryInputAltered_DoesNotHold(string name)
    {
        var random = new Random(Seed);
        AssertInputsBound(name, _ => [0, random.Next(1, 253), 253]);
    }

    /// <summary>All 255 bits of every input: some 60,000 verifications.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(ProofVector.Names), MemberType = typeof(ProofVector))]
    public void Verify_EveryBitOfEveryInput_DoesNotHold(string name) =>
        AssertInputsBound(name, _ => Enumerable.Range(0, 255));

    /// <summary>Each of ten proofs in turn, by each of its elements and by its inputs.</summary>
    [Theory]
    [InlineData("porep 2KiB-0", "porep 2KiB-5")]
    [InlineData("window 3 sectors api 1.1", "window 1 sectors api 1.1")]
    [InlineData("winning 1 sectors api 1.1", "winning 1 sectors api 1.1")]
    public void VerifyAll_OneOfTenAltered_DoesNotHold(string one, string other)
    {
        var (first, second) = (ProofVector.Named(one), ProofVector.Named(other));
        var verifier = Verifiers[first.Circuit];
        Groth16Proof[] proofs = [.. Repeat(first.Proofs, second.Proofs)];
        Fr[][] inputs = [.. Repeat(first.Inputs, second.Inputs)];
        Assert.True(verifier.VerifyAll(proofs, inputs));
        for (var i = 0; i < proofs.Length; i++)
        {
            var (proof, list) = (proofs[i], inputs[i]);
            foreach (var altered in new[]
            {
                proof with { A = -proof.A }, proof with { B = -proof.B }, proof with { C = -proof.C },
            })
            {
                proofs[i] = altered;
                Assert.False(verifier.VerifyAll(proofs, inputs), $"proof {i}: {altered}");
            }

            proofs[i] = proof;
            inputs[i] = [.. list[..^1], list[^1] + Fr.One];
            Assert.False(verifier.VerifyAll(proofs, inputs), $"inputs of proof {i}");
            inputs[i] = list;
        }
    }

    /// <summary>What the chain states of a sector.</summary>
    [Fact]
    public void TryVerify_BitsOfASealsStatement_DoNotHold() => AssertSealBound(EverydayStep);

    [Fact]
    [Trait("Category", "Long")]
    public void TryVerify_EveryBitOfASealsStatement_DoesNotHold() => AssertSealBound(1);

    /// <summary>What the chain states of a proof of spacetime, in its first and its last sector.</summary>
    [Theory]
    [MemberData(nameof(Posts))]
    public void TryVerify_BitsOfAPostsStatement_DoNotHold(int number) => AssertPostBound(number, EverydayStep);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Posts))]
    public void TryVerify_EveryBitOfAPostsStatement_DoesNotHold(int number) => AssertPostBound(number, 1);

    private static void AssertEveryBitIsRefused(string circuit)
    {
        var bytes = ProofVector.KeyBytes(circuit);
        var points = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(864));
        Assert.Equal(868 + (96 * points), (uint)bytes.Length);

        Assert.Empty(EachBit(bytes, (_, altered) => Reads(altered)));
        Assert.True(Reads(bytes));
    }

    private static void AssertSealBound(int step)
    {
        var seal = Vectors.Seal("2KiB-5");
        var inputs = seal.Inputs;
        Assert.True(Holds(inputs));
        foreach (var (value, with) in new (Bytes32, Func<Bytes32, SealPublicInputs>)[]
        {
            (inputs.ProverId, altered => inputs with { ProverId = altered }),
            (inputs.Ticket, altered => inputs with { Ticket = altered }),
            (inputs.Seed, altered => inputs with { Seed = altered }),
            (inputs.CommD, altered => inputs with { CommD = altered }),
            (inputs.CommR, altered => inputs with { CommR = altered }),
        })
        {
            Assert.Empty(EachBit(value.ToArray(), (_, bytes) => Holds(with(new Bytes32(bytes))), step));
        }

        Assert.Empty(EachBit(
            BitConverter.GetBytes(inputs.Sector),
            (_, bytes) => Holds(inputs with { Sector = BitConverter.ToUInt64(bytes) }),
            step));

        bool Holds(SealPublicInputs about) => SealProofs.TryVerify(
            seal.Config, about, ProofVector.Named("porep 2KiB-5").Proof, Verifiers["porep-2KiB"], out _);
    }

    private static void AssertPostBound(int number, int step)
    {
        var post = PostVector.All[number];
        var circuit = PostProofs.CircuitOf(post.Config);
        var verifier = Verifiers[$"{circuit.KindName}-{circuit.Shape}"];
        Assert.True(Holds(post.Randomness, post.Sectors));
        Assert.Empty(EachBit(post.Randomness.ToArray(), (_, bytes) => Holds(new Bytes32(bytes), post.Sectors), step));
        foreach (var i in new[] { 0, post.Sectors.Length - 1 }.Distinct())
        {
            Assert.Empty(EachBit(post.Sectors[i].CommR.ToArray(), (_, bytes) =>
            {
                PostSector[] sectors = [.. post.Sectors];
                sectors[i] = sectors[i] with { CommR = new Bytes32(bytes) };
                return Holds(post.Randomness, sectors);
            }, step));
        }

        // Bits that make no statement at all are refused before.
        bool Holds(Bytes32 randomness, PostSector[] sectors)
        {
            try
            {
                var statement = new PostStatement(post.Config, randomness, sectors);
                return PostProofs.TryVerify(statement, post.Proofs, verifier, out _);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    private static void AssertInputsBound(string name, Func<int, IEnumerable<int>> bitsOf)
    {
        var vector = ProofVector.Named(name);
        var verifier = Verifiers[vector.Circuit];
        var cases =
            from partition in Enumerable.Range(0, vector.Inputs.Count)
            from input in Enumerable.Range(0, vector.Inputs[partition].Length)
            from bit in bitsOf(input)
            select (partition, input, bit);
        Parallel.ForEach(cases.ToList(), one =>
        {
            Fr[] inputs = [.. vector.Inputs[one.partition]];
            var bytes = inputs[one.input].ToBytes();
            bytes[one.bit / 8] ^= (byte)(1 << (one.bit % 8));

            // A number that is not below the modulus is no input.
            if (Fr.TryFromBytes(bytes, out inputs[one.input]))
            {
                Assert.False(verifier.Verify(vector.Proofs[one.partition], inputs), $"{one}, seed {Seed}");
            }
        });
    }

    /// <summary>Flips the bits one at a time; the numbers of those with which it held.</summary>
    private static int[] EachBit(byte[] bytes, Func<int, byte[], bool> holds, int step = 1) =>
        [.. Enumerable.Range(0, 8 * bytes.Length).Where(bit => bit % step == 0).AsParallel().AsOrdered().Where(bit =>
        {
            var altered = (byte[])bytes.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            return holds(bit, altered);
        })];

    private static bool Reads(byte[] key)
    {
        try
        {
            VerifyingKey.FromBytes(key, PointChecks.Curve);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static G1Affine[] Negated(IReadOnlyList<G1Affine> points, int at) =>
        [.. points.Select((point, i) => i == at ? -point : point)];

    private static IEnumerable<T> Repeat<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) =>
        Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? one[0] : other[^1]);
}
