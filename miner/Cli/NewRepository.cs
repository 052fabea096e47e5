using System.Text.Json;
using Federation.Chain;
using Federation.Chain.Messages;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Config;
using Federation.Storage.Config;

namespace Federation.Miner.Cli;

/// <summary>
/// What <c>miner init</c> writes. Each step can be repeated: an init that was interrupted is simply typed again.
/// </summary>
internal static class NewRepository
{
    /// <summary>Makes a repository; returns its folder.</summary>
    /// <exception cref="OperatorException">There is one already, or the folder cannot be written.</exception>
    public static string Make(string path, ActorFile actor, IReadOnlyList<HostPort> etcd, ProofKind? proofs)
    {
        using var repository = RepositoryFolder.Create(path, "miner", made =>
        {
            foreach (var write in Steps(actor, etcd, proofs))
            {
                write(made);
            }
        });
        return repository.FolderPath;
    }

    /// <summary>The endpoints of <c>--etcd</c>, which may be given more than once and hold several.</summary>
    /// <exception cref="OperatorException">One is none.</exception>
    public static IReadOnlyList<HostPort> Endpoints(IEnumerable<string> given) =>
    [
        .. given.SelectMany(static text =>
                text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(static endpoint => HostPort.TryParse(endpoint, out var parsed, out var problem)
                ? parsed
                : throw new OperatorException(
                    $"--etcd {endpoint} is no endpoint: {problem}",
                    "write it as host:port, e.g. --etcd 10.0.0.5:2379")),
    ];

    /// <summary>What is written, in this order, before the identity that makes the folder a repository.</summary>
    internal static IReadOnlyList<Action<RepositoryFolder>> Steps(
        ActorFile actor, IReadOnlyList<HostPort> etcd, ProofKind? proofs) =>
    [
        actor.Write,
        repository => WriteConfig(repository, etcd, proofs),
        WriteStorage,
        static repository => repository.WriteToken(
            new ApiTokens(repository.GetOrCreateJwtSecret()).Issue(ApiTokens.UpTo(ApiPermissions.Admin))),
    ];

    /// <summary>A configuration that is there, the operator's or an interrupted init's, is kept.</summary>
    private static void WriteConfig(RepositoryFolder repository, IReadOnlyList<HostPort> etcd, ProofKind? proofs)
    {
        if (!File.Exists(repository.ConfigPath))
        {
            repository.Write(
                Path.GetFileName(repository.ConfigPath), ConfigTemplate.Write(MinerConfig.Read, Settings(etcd, proofs)),
                AtomicFile.Readable);
            return;
        }

        var there = ConfigLoader.Load(repository.ConfigPath, MinerConfig.Read).Value;
        if (etcd.Count > 0 && !etcd.SequenceEqual(there.SealAgent.EtcdAddrs))
        {
            throw Differs(repository, nameof(SealAgentConfig.EtcdAddrs), "--etcd");
        }

        if (proofs is not null && proofs != there.Devnet.Proofs)
        {
            throw Differs(repository, nameof(DevnetConfig.Proofs), "--devnet-proofs");
        }
    }

    private static OperatorException Differs(RepositoryFolder repository, string key, string option) => new(
        $"{repository.ConfigPath} is there already, with other {key} than {option} names",
        $"put {key} right in that file and leave {option} out, or delete the file");

    private static void WriteStorage(RepositoryFolder repository)
    {
        if (!File.Exists(Path.Combine(repository.FolderPath, StorageConfig.FileName)))
        {
            repository.Write(
                StorageConfig.FileName, JsonSerializer.Serialize(new { StoragePaths = Array.Empty<string>() }),
                AtomicFile.Readable);
        }
    }

    private static Dictionary<(string Section, string Key), string> Settings(
        IReadOnlyList<HostPort> etcd, ProofKind? proofs)
    {
        var settings = new Dictionary<(string Section, string Key), string>();
        if (etcd.Count > 0)
        {
            settings[(SealAgentConfig.SectionName, nameof(SealAgentConfig.EtcdAddrs))] =
                $"[{string.Join(", ", etcd.Select(static endpoint => $"\"{endpoint}\""))}]";
        }

        if (proofs is { } kind)
        {
            settings[(DevnetConfig.SectionName, nameof(DevnetConfig.Proofs))] = $"\"{ProofKindText.Format(kind)}\"";
        }

        return settings;
    }
}
