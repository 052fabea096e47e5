using System.CommandLine;
using System.Globalization;
using Federation.Chain.Devnet;
using Federation.Hosting.Cli;

namespace Federation.Miner.Cli;

/// <summary><c>chain …</c>: what was submitted to the embedded devnet.</summary>
internal static class ChainCommands
{
    public static Command Create() => MinerCommands.Group("chain", "look at the embedded devnet", Messages(), Head());

    private static Command Messages()
    {
        var sector = new Option<ulong?>("--sector") { Description = "only messages of this sector" };
        return MinerCommands.Calling(
            "messages", "list every message that was submitted, refused ones too", async (call, console, stop) =>
            {
                var messages = await call.AskAsync<DevnetMessage[]>(
                    "FederationDevnetMessages", stop, call.Parsed.GetValue(sector));
                console.Write(messages, static all =>
                {
                    var table = new TabTable(
                        "Sector", "Method", "Epoch", "Exit", "Submitted", "Times", "Message", "Error");
                    foreach (var message in all)
                    {
                        table.Add(
                            Text(message.Sector), message.Method, message.Epoch is { } epoch ? Text(epoch)
                                : message.Refused is null ? "pending" : "refused",
                            Text(message.ExitCode), Text(message.SubmittedEpoch), Text(message.Submissions),
                            message.Cid, message.Error ?? "");
                    }

                    return table.ToString();
                });
                return ExitCode.Success;
            }, sector);
    }

    private static Command Head() =>
        MinerCommands.Calling("head", "count what was submitted", static async (call, console, stop) =>
    {
        var counted = await call.AskAsync<DevnetStatistics>("FederationDevnetStatistics", stop);
        console.Write(counted, static shown => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Epoch: {shown.Epoch}
            PreCommits: {shown.PreCommits}
            ProveCommits: {shown.ProveCommits}
            Refused: {shown.Refused}
            Failed: {shown.Failed}
            Pending: {shown.Pending}
            Repeated: {shown.Repeated}
            Active sectors: {shown.ActiveSectors}

            """));
        return ExitCode.Success;
    });

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
