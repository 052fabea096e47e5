using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Cli;
using Federation.Miner.Config;
using Federation.Miner.Tests.Host;

namespace Federation.Miner.Tests.Cli;

public sealed class NewRepositoryTests : IDisposable
{
    private static readonly ActorFile Actor = ActorFile.Parse("t01000", "2KiB");
    private static readonly HostPort[] Etcd = [new("10.0.0.5", 2379), new("10.0.0.6", 2379)];

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("init").FullName, "repo");

    public static TheoryData<int> StepCounts() => [.. Enumerable.Range(0, NewRepository.Steps(Actor, []).Count + 1)];

    /// <summary>A kill, or a loss of power, after any of the files.</summary>
    [Theory]
    [MemberData(nameof(StepCounts))]
    public async Task Init_AfterOneInterruptedAtAnyStep_MakesTheRepository(int steps)
    {
        Assert.Throws<InvalidDataException>(() => RepositoryFolder.Create(_folder, "miner", made =>
        {
            foreach (var write in NewRepository.Steps(Actor, Etcd).Take(steps))
            {
                write(made);
            }

            throw new InvalidDataException("interrupted");
        }));
        Assert.Contains("is not initialized", Assert.Throws<OperatorException>(
            () => RepositoryFolder.Open(_folder, "miner")).Message, StringComparison.Ordinal);

        var (code, _, error) = await RunningMiner.InvokeAsync(
            "init", "--etcd", string.Join(',', Etcd.Select(endpoint => endpoint.ToString())), "--miner-repo", _folder);

        Assert.True(code == 0, error);
        RequireWhole();
    }

    [Fact]
    public async Task Init_ConfigThereWithOtherEndpoints_SaysSoAndMakesNothing()
    {
        Assert.Throws<InvalidDataException>(() => RepositoryFolder.Create(_folder, "miner", made =>
        {
            NewRepository.Steps(Actor, Etcd).Take(2).ToList().ForEach(write => write(made));
            throw new InvalidDataException("interrupted");
        }));

        var (code, _, error) = await RunningMiner.InvokeAsync(
            "init", "--etcd", "10.0.0.9:2379", "--miner-repo", _folder);

        Assert.NotEqual(0, code);
        Assert.Contains("is there already, with other EtcdAddrs than --etcd names", error, StringComparison.Ordinal);
        Assert.False(RepositoryFolder.Exists(_folder));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private void RequireWhole()
    {
        using var repository = RepositoryFolder.Open(_folder, "miner");
        Assert.Equal(Actor, ActorFile.Read(_folder));
        Assert.Equal(Etcd, ConfigLoader.Load(repository.ConfigPath, MinerConfig.Read).Value.SealAgent.EtcdAddrs);
        Assert.NotEmpty(RepositoryFolder.ReadJwtSecret(_folder, "miner"));
        Assert.True(File.Exists(Path.Combine(_folder, "token")));
        Assert.True(File.Exists(Path.Combine(_folder, "storage.json")));
    }
}
