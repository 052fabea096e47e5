using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Config;
using Federation.Storage;
using Federation.Storage.Config;

namespace Federation.MinerAgent.Commands;

/// <summary><c>miner-agent storage</c>: the storage paths of the region.</summary>
internal static class StorageCommands
{
    /// <summary>Weight of a path that none was given for.</summary>
    public const ulong DefaultWeight = 10;

    private static readonly Argument<string> PathArgument = new("path") { Description = "the path" };
    private static readonly Option<bool> Init = new("--init") { Description = "initialize the path first" };
    private static readonly Option<ulong> Weight =
        new("--weight") { Description = "(for init) path weight", DefaultValueFactory = _ => DefaultWeight };
    private static readonly Option<bool> Seal = new("--seal") { Description = "(for init) use path for sealing" };
    private static readonly Option<bool> Store =
        new("--store") { Description = "(for init) use path for long-term storage" };

    /// <summary>Creates the commands.</summary>
    public static Command Create()
    {
        var attach = new Command(
            "attach", "Attach a storage path of the region") { PathArgument, Init, Weight, Seal, Store };
        attach.SetAction(parsed =>
        {
            var (path, init) = (parsed.GetValue(PathArgument)!, parsed.GetValue(Init));
            Attach(AgentOptions.RepositoryOf(parsed), path, parsed.GetValue(Seal), parsed.GetValue(Store), init,
                parsed.GetValue(Weight));
            return 0;
        });
        return new Command("storage", "Storage paths of the region") { attach };
    }

    /// <summary>Attaches a path to the repository.</summary>
    /// <exception cref="OperatorException">It cannot be attached; says why.</exception>
    public static void Attach(
        string repository, string path, bool canSeal, bool canStore, bool initialise, ulong weight)
    {
        RepositoryFolder.RequireMade(repository, AgentRepository.Program);
        var config = new SectorStoreConfig { Id = Guid.NewGuid().ToString(), CanSeal = canSeal, CanStore = canStore };
        try
        {
            StoragePaths.Attach(
                repository, RepositoryFolder.Expand(path), initialise ? config with { Weight = weight } : null);
        }
        catch (StorageException error)
        {
            throw new OperatorException(error.Message, null, error);
        }
    }

    /// <summary>Whether a path has been initialized.</summary>
    public static bool IsInitialised(string path) =>
        File.Exists(Path.Combine(RepositoryFolder.Expand(path), SectorStoreConfig.FileName));
}
