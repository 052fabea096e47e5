using Federation.Discovery;
using Federation.Miner.Gate;
using Federation.Miner.Sectors;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Miner.Tests.Gate;

/// <summary>
/// Which proof is received: the one that the order's last phase reported, of the size that it must have.
/// </summary>
public sealed class MinerBulkServiceTests
{
    private static readonly string Vanilla = new('1', 64), Snark = new('2', 64);

    [Theory]
    [InlineData("", 5, 1_000_000UL, "C1", null)]
    [InlineData("", 5, 1_000_000UL, "C2", "stale: another proof")]
    [InlineData("groth16", 5, 192UL, "C2", null)]
    [InlineData("groth16", 5, 192UL, "C1", "stale: another proof")]
    [InlineData("groth16", 5, 191UL, "C2", "invalid: the sector's proof has 192 bytes, not 191")]
    [InlineData("groth16", 8, 192UL, "C2", "invalid: the sector's proof has 1920 bytes, not 192")]
    [InlineData("groth16", 8, 1920UL, "C2", null)]
    public void RefusalOfState_ProofOfAPhase_IsTakenWhereTheChainTakesIt(
        string kind, int sealProof, ulong bytes, string phase, string? refusal)
    {
        var header = new ProofHeader
        {
            Sector = 7, Epoch = 1, Order = 3, Bytes = bytes, Sha256 = phase == "C1" ? Vanilla : Snark,
        };

        var said = MinerBulkService.RefusalOfState(View(kind, sealProof), header, "a");

        if (refusal is null)
        {
            Assert.Null(said);
        }
        else
        {
            Assert.StartsWith(refusal, said, StringComparison.Ordinal);
        }
    }

    private static SectorView View(string kind, int sealProof) => new(
        Versioned(new SectorRecord
        {
            Sector = 7, Order = 3, Spec = new SealSpec { SealProof = sealProof, Miner = 1000, ProofKind = kind },
        }),
        Offer: null,
        Versioned(new JobRecord { Sector = 7, Agent = "a", Epoch = 1 }),
        Versioned(new ReportRecord
        {
            Sector = 7,
            Order = 3,
            Phases =
            {
                new PhaseReport { Phase = "C1", State = PhaseState.Done, ProofSha256 = Vanilla },
                new PhaseReport { Phase = "C2", State = PhaseState.Done, ProofSha256 = Snark },
            },
        }),
        Claim: null);

    private static Versioned<T> Versioned<T>(T record)
        where T : class, IMessage<T>, new() => new("key", record, 1, 0, ReadOnlyMemory<byte>.Empty);
}
