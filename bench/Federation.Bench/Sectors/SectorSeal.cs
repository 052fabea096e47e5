using System.Diagnostics;
using System.Globalization;
using Federation.Proofs;
using Federation.Proofs.AddPiece;
using Federation.Proofs.Commit1;
using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Verification;

namespace Federation.Bench.Sectors;

/// <summary>One whole seal in this process: AP, PC1, PC2, C1, and the verification of what C1 wrote.</summary>
/// <param name="data">The sector.</param>
/// <param name="dataPath">File with its piece.</param>
/// <param name="folder">An empty folder for its files.</param>
/// <param name="options">What the phases may use.</param>
/// <param name="progress">Takes each phase's time.</param>
internal sealed class SectorSeal(
    SectorData data, string dataPath, string folder, SealOptions options, Action<string>? progress)
{
    private readonly string _unsealed = Path.Combine(folder, "unsealed"), _sealed = Path.Combine(folder, "sealed");
    private readonly string _cache = Path.Combine(folder, "cache"), _proof = Path.Combine(folder, "c1");

    private SealConfig Config => data.Config;

    /// <summary>The replica.</summary>
    public string SealedPath => _sealed;

    /// <summary>The cache folder, with all that the phases leave.</summary>
    public string CachePath => _cache;

    /// <summary>The C1 output, in the form that Lotus takes.</summary>
    public string ProofPath => _proof;

    /// <summary>Runs all phases and returns what they prove.</summary>
    /// <exception cref="InvalidDataException">The proofs are refused.</exception>
    public SealPublicInputs Run(CancellationToken cancellationToken)
    {
        var piece = Timed("AP", () => AddPiece(cancellationToken));
        var labelled = Timed("PC1", () => PreCommit1(piece, cancellationToken));
        var commR = Timed("PC2", () => PreCommit2(labelled.CommD, cancellationToken));
        var inputs = new SealPublicInputs
        {
            ProverId = ProverId.FromActorId(SectorData.Miner),
            Sector = SectorData.Number,
            Ticket = SectorData.Ticket,
            Seed = SectorData.Seed,
            CommD = labelled.CommD,
            CommR = commR,
        };
        Timed("C1", () => Commit1(inputs, cancellationToken));
        var result = Timed("verification", () => Verify(inputs, cancellationToken));
        if (!result.IsValid)
        {
            throw new InvalidDataException($"the sealed sector's proofs are refused: {result}");
        }

        return inputs;
    }

    private PieceInfo AddPiece(CancellationToken cancellationToken)
    {
        using var bytes = new FileStream(dataPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var request = new AddPieceRequest
        {
            Shape = Config.Shape,
            UnsealedPath = _unsealed,
            UnpaddedSize = bytes.Length,
            Data = bytes,
        };
        return AddPiecePhase.Run(request, null, cancellationToken);
    }

    private PreCommit1Result PreCommit1(PieceInfo piece, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_cache);
        var request = new PreCommit1Request
        {
            Config = Config,
            ProverId = ProverId.FromActorId(SectorData.Miner),
            Sector = SectorData.Number,
            Ticket = SectorData.Ticket,
            Pieces = [piece],
            UnsealedPath = _unsealed,
            CacheDirectory = _cache,
            RecordedCachePath = _cache,
        };
        return PreCommit1Phase.Run(request, options, null, cancellationToken);
    }

    private Bytes32 PreCommit2(Bytes32 commD, CancellationToken cancellationToken)
    {
        var request = new PreCommit2Request
        {
            Config = Config,
            UnsealedPath = Path.Combine(_cache, CacheFiles.TreeD),
            CommD = commD,
            LayerDirectory = _cache,
            OutputDirectory = _cache,
            SealedPath = _sealed,
        };
        var commR = PreCommit2Phase.Run(request, options, null, cancellationToken).CommR;
        TemporaryAux.Write(Config.Shape, _cache, _cache);
        return commR;
    }

    private uint[][] Commit1(SealPublicInputs inputs, CancellationToken cancellationToken)
    {
        var request = new Commit1Request
        {
            Config = Config,
            Inputs = inputs,
            CacheDirectory = _cache,
            SealedPath = _sealed,
            Form = Commit1Form.Api,
        };
        using var output = new FileStream(_proof, FileMode.Create, FileAccess.Write, FileShare.None);
        return Commit1Phase.Run(request, output, options, null, cancellationToken);
    }

    private VerificationResult Verify(SealPublicInputs inputs, CancellationToken cancellationToken)
    {
        using var proof = new FileStream(_proof, FileMode.Open, FileAccess.Read, FileShare.Read);
        return VanillaProofVerifier.Verify(Config, inputs, proof, cancellationToken);
    }

    private T Timed<T>(string phase, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{phase} {seconds:0.00} s"));
        return result;
    }
}
