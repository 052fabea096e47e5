using Federation.Proofs.Commit1;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Pieces;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.External;

/// <summary>A folder in which 2KiB-5 is sealed, with the tasks of its phases.</summary>
internal sealed class SealingFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Cache => _folder.In("cache");

    public string Replica => _folder.In("sealed");

    public string Unsealed => _folder.In("unsealed");

    public string Commit1Output => _folder.In("c1.json");

    public AddPieceTask AddPiece => new()
    {
        Sector = Golden.Sector,
        PieceDataPath = Golden.PathOf("seals/2KiB-5/data"),
        UnsealedPath = Unsealed,
    };

    public PreCommit1Task PreCommit1 => new()
    {
        Sector = Golden.Sector,
        Ticket = Golden.Ticket,
        Pieces = [new PieceInfo(2048, Golden.CommD)],
        UnsealedPath = Unsealed,
        CachePath = Cache,
        RecordedCachePath = "cache",
    };

    public PreCommit2Task PreCommit2 => new()
    {
        Sector = Golden.Sector,
        Ticket = Golden.Ticket,
        CommD = Golden.CommD,
        CachePath = Cache,
        RecordedCachePath = "cache",
        SealedPath = Replica,
    };

    public Commit1Task Commit1 => new()
    {
        Sector = Golden.Sector,
        Ticket = Golden.Ticket,
        Seed = Golden.Seed,
        CommD = Golden.CommD,
        CommR = Golden.CommR,
        CachePath = Cache,
        SealedPath = Replica,
        OutputPath = Commit1Output,
        Form = Commit1Form.Api,
    };

    public Commit2Task Commit2 => new()
    {
        Sector = Golden.Sector,
        Ticket = Golden.Ticket,
        Seed = Golden.Seed,
        CommD = Golden.CommD,
        CommR = Golden.CommR,
        Commit1OutputPath = Commit1Output,
        Parameters = new ParameterCache(_folder.In("params")),
        Policy = ParameterPolicy.Devnet,
    };

    public string In(string name) => _folder.In(name);

    /// <summary>The files that the phases before C2 leave.</summary>
    public void FillWithGoldenFiles()
    {
        Directory.CreateDirectory(Cache);
        foreach (var file in Directory.GetFiles(Golden.PathOf("seals/2KiB-5")))
        {
            var name = Path.GetFileName(file);
            File.Copy(file, name == "sealed" ? Replica : Path.Combine(Cache, name));
        }

        File.Copy(Golden.PathOf("seals/t_aux-2KiB-5.bin"), Path.Combine(Cache, "t_aux"));
        File.Copy(Golden.PathOf("seals/c1-2KiB-5.json"), Commit1Output);
        var circuit = new CircuitId(CircuitKind.PoRep, Golden.Sector.Config.Shape);
        Directory.CreateDirectory(In("params"));
        File.Copy(Golden.PathOf("groth16/porep-2KiB.vk"), Path.Combine(In("params"), circuit.VerifyingKeyName));
    }

    public void Dispose() => _folder.Dispose();
}
