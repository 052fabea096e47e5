using System.Security.Cryptography;
using Federation.Proofs.AddPiece;
using Federation.Proofs.Commit1;
using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests;

/// <summary>A sector sealed up to PC2 in a folder of its own.</summary>
internal sealed class SealedSector : IDisposable
{
    private readonly TempFolder _folder = new();

    public SealedSector(SealConfig config, SealPublicInputs inputs, byte[] data, SealOptions? options = null)
    {
        Config = config;
        Options = options ?? new SealOptions();
        Directory.CreateDirectory(Cache);
        Piece = AddPiecePhase.Run(
            new AddPieceRequest
            {
                Shape = config.Shape,
                UnsealedPath = Unsealed,
                UnpaddedSize = data.Length,
                Data = new MemoryStream(data),
            },
            null,
            default);
        PreCommit1 = PreCommit1Phase.Run(
            new PreCommit1Request
            {
                Config = config,
                ProverId = inputs.ProverId,
                Sector = inputs.Sector,
                Ticket = inputs.Ticket,
                Pieces = [Piece],
                UnsealedPath = Unsealed,
                SealedPath = Sealed,
                CacheDirectory = Cache,
                RecordedCachePath = "cache",
            },
            Options,
            null,
            default);
        PreCommit2 = PreCommit2Phase.Run(
            new PreCommit2Request
            {
                Config = config,
                UnsealedPath = Path.Combine(Cache, CacheFiles.TreeD),
                LayerDirectory = Cache,
                OutputDirectory = Cache,
                SealedPath = Sealed,
            },
            Options,
            null,
            default);
        Inputs = inputs with { CommD = PreCommit1.CommD, CommR = PreCommit2.CommR };
    }

    public SealConfig Config { get; }

    public SealOptions Options { get; }

    public SealPublicInputs Inputs { get; }

    public PieceInfo Piece { get; }

    public PreCommit1Result PreCommit1 { get; }

    public PreCommit2Result PreCommit2 { get; }

    public string Unsealed => _folder["unsealed"];

    public string Sealed => _folder["sealed"];

    public string Cache => _folder["cache"];

    public string PathOf(string name) => name == "sealed" ? Sealed : Path.Combine(Cache, name);

    public Dictionary<string, (long Size, string Digest)> Files() =>
        Directory.GetFiles(Cache).Append(Sealed).ToDictionary(path => Path.GetFileName(path), Describe);

    public (byte[] Output, uint[][] Challenges) Commit1(Commit1Form form)
    {
        var output = new MemoryStream();
        var request = new Commit1Request
        {
            Config = Config,
            Inputs = Inputs,
            CacheDirectory = Cache,
            SealedPath = Sealed,
            Form = form,
        };
        var challenges = Commit1Phase.Run(request, output, Options, null, default);
        return (output.ToArray(), challenges);
    }

    public void WriteSyntheticProofs() =>
        SyntheticProofsPhase.Run(Config, Inputs, Cache, Sealed, Options, null, default);

    public void Dispose() => _folder.Dispose();

    private static (long Size, string Digest) Describe(string path)
    {
        using var file = File.OpenRead(path);
        return (file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
