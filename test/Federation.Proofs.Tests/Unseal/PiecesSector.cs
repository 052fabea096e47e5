using Federation.Proofs.Pieces;
using Federation.Proofs.PreCommit1;
using Federation.Proofs.PreCommit2;

namespace Federation.Proofs.Tests.Unseal;

/// <summary>A sealed sector of 2 KiB with three pieces and a gap.</summary>
internal sealed class PiecesSector : IDisposable
{
    public const ulong Number = 7;

    private readonly TempFolder _folder = new();

    public PiecesSector()
    {
        Place(0, 127, 1);
        Place(508, 508, 2);
        Place(1016, 1016, 3);
        var padded = new byte[Config.Shape.SectorSize];
        Fr32.Pad(Data, padded);
        File.WriteAllBytes(UnsealedPath, padded);
        PreCommit1Result labels = PreCommit1Phase.Run(
            new PreCommit1Request
            {
                Config = Config,
                ProverId = ProverId,
                Sector = Number,
                Ticket = Ticket,
                Pieces = Pieces,
                UnsealedPath = UnsealedPath,
                CacheDirectory = CachePath,
            },
            new SealOptions(),
            null,
            default);
        PreCommit2Phase.Run(
            new PreCommit2Request
            {
                Config = Config,
                UnsealedPath = UnsealedPath,
                LayerDirectory = CachePath,
                OutputDirectory = CachePath,
                SealedPath = SealedPath,
            },
            new SealOptions(),
            null,
            default);
        (CommD, ReplicaId) = (labels.CommD, labels.ReplicaId);
    }

    public static SealConfig Config { get; } = SealConfig.FromRegistered(5);

    public static Bytes32 ProverId { get; } = Proofs.ProverId.FromActorId(1000);

    public static Bytes32 Ticket { get; } = new([.. Enumerable.Repeat((byte)9, 32)]);

    public byte[] Data { get; } = new byte[2032];

    public List<PieceInfo> Pieces { get; } = [];

    public Bytes32 CommD { get; }

    public Bytes32 ReplicaId { get; }

    public string UnsealedPath => _folder["unsealed"];

    public string SealedPath => _folder["sealed"];

    public string CachePath => _folder["cache"];

    public void Dispose() => _folder.Dispose();

    /// <summary>Flips a bit of the replica.</summary>
    public void Damage(int position)
    {
        using FileStream file = File.Open(SealedPath, FileMode.Open);
        file.Position = position;
        int value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 1));
    }

    private void Place(int offset, int length, int tag)
    {
        Span<byte> data = Data.AsSpan(offset, length);
        CounterData.Fill($"unseal {tag}", data);
        Pieces.Add(PieceHasher.Compute(new MemoryStream(data.ToArray()), default));
    }
}
