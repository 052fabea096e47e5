using Federation.Chain;
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

    public static TheoryData<int> StepCounts() => [.. Enumerable.Range(0, NewRepository.Steps(Actor, [], null).Count + 1)];

    /// <summary>A kill, or a loss of power, after any of the files.</summary>
    [Theory]
    [MemberData(nameof(StepCounts))]
    public async Task Init_AfterOneInterruptedAtAnyStep_MakesTheRepository(int steps)
    {
        Assert.Throws<InvalidDataException>(() => RepositoryFolder.Create(_folder, "miner", made =>
        {
            foreach (var write in NewRepository.Steps(Actor, Etcd, null).Take(steps))
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
            NewRepository.Steps(Actor, Etcd, null).Take(2).ToList().ForEach(write => write(made));
            throw new InvalidDataException("interrupted");
        }));

        var (code, _, error) = await RunningMiner.InvokeAsync(
            "init", "--etcd", "10.0.0.9:2379", "--miner-repo", _folder);

        Assert.NotEqual(0, code);
        Assert.Contains("is there already, with other EtcdAddrs than --etcd names", error, StringComparison.Ordinal);
        Assert.False(RepositoryFolder.Exists(_folder));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("--devnet-proofs vanilla", ProofKind.Vanilla)]
    [InlineData("--devnet-proofs groth16", ProofKind.Groth16)]
    public async Task Init_ProofsOfTheDevnet_AreWrittenWhereTheyWereChosen(string options, ProofKind? expected)
    {
        var (code, _, error) = await RunningMiner.InvokeAsync(
            ["init", "--miner-repo", _folder, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.True(code == 0, error);
        var config = ConfigLoader.Load(RepositoryFolder.ConfigPathOf(_folder), MinerConfig.Read).Value.Devnet;
        Assert.Equal(expected, config.Proofs);
        Assert.Equal(expected ?? ProofKind.Groth16, config.ToOptions(1000).Proofs);
    }

    [Fact]
    public async Task Init_ProofsThatAreNone_IsRefused()
    {
        var (code, _, error) = await RunningMiner.InvokeAsync(
            "init", "--miner-repo", _folder, "--devnet-proofs", "stark");

        Assert.NotEqual(0, code);
        Assert.Contains("'stark' is no value of --devnet-proofs", error, StringComparison.Ordinal);
        Assert.False(RepositoryFolder.Exists(_folder));
    }

    [Fact]
    public async Task Init_ConfigThereWithOtherProofs_SaysSo()
    {
        Assert.Throws<InvalidDataException>(() => RepositoryFolder.Create(_folder, "miner", made =>
        {
            NewRepository.Steps(Actor, [], ProofKind.Vanilla).Take(2).ToList().ForEach(write => write(made));
            throw new InvalidDataException("interrupted");
        }));

        var (code, _, error) = await RunningMiner.InvokeAsync(
            "init", "--devnet-proofs", "groth16", "--miner-repo", _folder);

        Assert.NotEqual(0, code);
        Assert.Contains("with other Proofs than --devnet-proofs names", error, StringComparison.Ordinal);
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
