using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Verification;

/// <summary>
/// Random damage to a Commit1 output: refused, without crash, hang or more memory than an honest one.
/// </summary>
public sealed class Commit1FuzzTests
{
    private const int OrdinaryCases = 100_000;

    // A reader and one proof of this shape take less; an input that says "1000000" somewhere must not change that.
    private const long AllocationLimit = 2 << 20;

    private static readonly byte[] Proof = Vectors.Read("seals/c1-2KiB-5.json");

    private static readonly byte[] Beginning = Proof[..6000];

    private static readonly byte[][] Fragments =
    [
        "null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "[["u8.ToArray(), "-1"u8.ToArray(), "1e9"u8.ToArray(),
        "18446744073709551616"u8.ToArray(), "99999999999999999999999999"u8.ToArray(), "\"\\u0000\""u8.ToArray(),
        [0], [0xff, 0xfe],
        ","u8.ToArray(), "]"u8.ToArray(), "}"u8.ToArray(), "256"u8.ToArray(), "00"u8.ToArray(), " "u8.ToArray(),
    ];

    [Fact]
    [Trait("Category", "Slow")]
    public void Verify_DamagedOutput_IsRefusedWithinBounds()
    {
        const int seed = 20_261_121;
        var random = new Random(seed);
        var cases = int.TryParse(Environment.GetEnvironmentVariable("FEDERATION_FUZZ_CASES"), out var wanted)
            ? wanted
            : OrdinaryCases;
        var inputs = Vectors.Seal("2KiB-5").Inputs;
        var config = SealConfig.FromRegistered(5);
        for (var i = 0; i < cases; i++)
        {
            var damaged = Damage(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = VanillaProofVerifier.Verify(config, inputs, new MemoryStream(damaged));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.False(result.IsValid, $"seed {seed}, case {i}");
            Assert.True(allocated < AllocationLimit, $"seed {seed}, case {i}: {allocated} bytes allocated");
        }
    }

    private static byte[] Damage(Random random)
    {
        // Most cases damage the first proof's beginning and end soon after it, so that many fit into the time.
        var proof = random.Next(20) == 0 ? Proof : Beginning;
        var position = random.Next(proof.Length - 1);
        var fragment = Fragments[random.Next(Fragments.Length)];
        var damaged = random.Next(5) switch
        {
            0 => proof[..position],
            1 => [.. proof[..position], .. fragment, .. proof[position..]],
            2 => [.. proof[..position], .. fragment, .. proof[Math.Min(position + fragment.Length, proof.Length)..]],
            3 => [.. proof[..position], .. proof[Math.Min(position + random.Next(1, 64), proof.Length)..]],
            _ => FlipBits(random, proof, position),
        };
        return damaged.AsSpan().SequenceEqual(Proof) ? [] : damaged;
    }

    private static byte[] FlipBits(Random random, byte[] proof, int position)
    {
        var damaged = proof.ToArray();
        damaged[position] ^= (byte)(1 << random.Next(8));
        damaged[random.Next(damaged.Length)] ^= (byte)random.Next(256);
        return damaged;
    }
}
