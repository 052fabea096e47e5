using System.Text.RegularExpressions;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>etcdctl prints the same on the embedded store as on etcd: texts, JSON, errors and exit codes.</summary>
[RequiresEtcd]
public sealed partial class EtcdCtlTests : SideBySide
{
    /// <summary>One after the other on the same stores, which both begin empty.</summary>
    [StoreFact]
    public async Task Commands_OnBoth_PrintTheSame()
    {
        (string Arguments, string Input)[] commands =
        [
            ("put a 1", ""), ("put b 2 --prev-kv", ""), ("put b 3 --prev-kv", ""), ("put /federation/t01000/x y", ""),
            ("get a", ""), ("get absent", ""), ("get a b", ""), ("get --prefix /federation/", ""),
            ("get --from-key b", ""),
            ("get a -w json", ""), ("get --prefix \"\" -w json", ""), ("get --prefix \"\" --keys-only", ""),
            ("get --prefix \"\" --limit=1 -w json", ""), ("get --prefix \"\" --count-only -w json", ""),
            ("get --prefix \"\" --order=DESCEND --sort-by=MODIFY", ""), ("get a --print-value-only", ""),
            ("get b --rev=3", ""), ("get b --rev=1000", ""), ("get a -w fields", ""), ("get a --consistency=s", ""),
            ("put b --ignore-value", ""), ("put nokey --ignore-value", ""), ("put k v --lease=1234", ""),
            ("txn", "mod(\"a\") > \"0\"\n\nput x 9\nget a\n\nget b\n\n"),
            ("txn", "value(\"a\") = \"2\"\n\nput x 9\n\nget b\nget x\n\n"),
            ("txn -w json", "ver(\"x\") = \"1\"\n\nput x 10\ndel a\n\nget b\n\n"),
            ("txn", "create(\"a\") = \"0\"\n\nput a 1\nput a 2\n\n\n"),
            ("del x", ""), ("del x", ""), ("del --prefix /federation/ --prev-kv", ""), ("del b -w json", ""),
            ("lease revoke 1234", ""), ("lease timetolive 1234", ""), ("lease keep-alive --once 1234", ""),
            ("compaction 4", ""), ("compaction 4", ""), ("compaction 1000", ""), ("get b --rev=3", ""),
            ("watch b --rev=2", ""), ("endpoint health", ""), ("alarm list", ""), ("endpoint status -w simple", ""),
        ];
        foreach (var (arguments, input) in commands)
        {
            await AssertSameAsync(arguments, input);
        }
    }

    [StoreFact]
    public async Task Leases_OnBoth_PrintTheSame()
    {
        var etcd = await GrantAsync(Etcd);
        var embedded = await GrantAsync(Embedded);
        foreach (var command in (string[])
            ["put k v --lease={0}", "get k -w json", "lease list", "lease timetolive {0} --keys",
                "lease keep-alive --once {0}",
             "lease revoke {0}", "get k", "lease timetolive {0}", "lease list", "lease revoke {0}"])
        {
            var expected = await EtcdCtl.RunAsync(Etcd.Address, command.Replace("{0}", etcd, StringComparison.Ordinal));
            var actual = await EtcdCtl.RunAsync(
                Embedded.Address, command.Replace("{0}", embedded, StringComparison.Ordinal));
            AssertSame(command, WithoutLease(expected, etcd), WithoutLease(actual, embedded));
        }
    }

    [StoreFact]
    public async Task Watch_OnBoth_PrintsTheSame()
    {
        foreach (var command in (string[])["put a 1", "put a 2", "put ab 3", "del a", "put a 4"])
        {
            await AssertSameAsync(command, "");
        }

        foreach (var (arguments, lines) in (((string, int)[])
            [("watch a --rev=2", 12), ("watch --prefix a --rev=2 --prev-kv", 18),
                ("watch --prefix a --rev=4 -w json", 1)]))
        {
            var expected = await WatchAsync(Etcd.Address, arguments, lines);
            Assert.Equal(expected, await WatchAsync(Embedded.Address, arguments, lines));
        }
    }

    private static async Task<string> GrantAsync(ServerFixture on)
    {
        var output = await EtcdCtl.RunAsync(on.Address, "lease grant 500");
        var match = Granted().Match(output.StandardOutput);
        Assert.True(match.Success, output.ToString());
        return match.Groups[1].Value;
    }

    private async Task AssertSameAsync(string arguments, string input)
    {
        var expected = await EtcdCtl.RunAsync(Etcd.Address, arguments, input);
        AssertSame(arguments, expected, await EtcdCtl.RunAsync(Embedded.Address, arguments, input));
    }

    private static void AssertSame(string command, EtcdCtl.Output expected, EtcdCtl.Output actual) =>
        Assert.True(
            Normal(expected) == Normal(actual),
            $"etcdctl {command}\netcd:     {Normal(expected)}\nembedded: {Normal(actual)}");

    private static EtcdCtl.Output WithoutLease(EtcdCtl.Output output, string lease)
    {
        var number = Convert.ToInt64(lease, 16).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string Without(string text) =>
            text.Replace(lease, "LEASE", StringComparison.Ordinal).Replace(number, "LEASE", StringComparison.Ordinal);
        return new EtcdCtl.Output(output.ExitCode, Without(output.StandardOutput), Without(output.StandardError));
    }

    /// <summary>Without what no two stores share: who they are, where they listen, how long it took.</summary>
    private static string Normal(EtcdCtl.Output output)
    {
        var text = $"exit {output.ExitCode}\n{output.StandardOutput}\n{LogLine().Replace(output.StandardError, "")}";
        text = Identity().Replace(text, "$1ID");
        text = Address().Replace(text, "ADDRESS");
        text = StatusLine().Replace(text, "STATUS");
        text = Remaining().Replace(text, "remaining");
        return Took().Replace(text, "took TIME");
    }

    private static async Task<string> WatchAsync(string address, string arguments, int lines)
    {
        using var process = EtcdCtl.Start(address, arguments);
        try
        {
            var read = new List<string>();
            while (read.Count < lines)
            {
                read.Add(await process.StandardOutput.ReadLineAsync().BoundAsync() ?? "(end)");
            }

            return Identity().Replace(string.Join('\n', read), "$1ID");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync().BoundAsync();
        }
    }

    [GeneratedRegex("lease ([0-9a-f]+) granted")]
    private static partial Regex Granted();

    [GeneratedRegex("(\"?(?:cluster_id|member_id|raft_term|ClusterID|MemberID|RaftTerm)\"? ?: ?)[0-9]+")]
    private static partial Regex Identity();

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"ADDRESS, [0-9a-f]+, 3\.4\.[0-9]+, [0-9.]+ [kKMGB]+, true, false, [0-9]+, [0-9]+, [0-9]+, ")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"took = [0-9.]+[µm]?s")]
    private static partial Regex Took();

    [GeneratedRegex(@"remaining\([0-9]+s\)")]
    private static partial Regex Remaining();

    [GeneratedRegex("(?m)^\\{\"level\".*$")]
    private static partial Regex LogLine();
}
