using System.CommandLine;
using System.Text;
using Federation.Hosting.Cli;
using Federation.Miner.Api;

namespace Federation.Miner.Cli;

/// <summary><c>store …</c>: the shared store as the daemon sees it, for machines without etcdctl.</summary>
internal static class StoreCommands
{
    public static Command Create()
    {
        var key = new Argument<string>("key") { Description = "a key, or the beginning of keys",
            DefaultValueFactory = static _ => "/federation/" };
        var prefix = new Option<bool>("--prefix") { Description = "get keys with matching prefix" };
        return MinerCommands.Group("store", "look into the shared store", MinerCommands.Calling(
            "get", "print keys and values, as 'etcdctl get' does", async (call, console, stop) =>
            {
                var wanted = call.Parsed.GetValue(key)!;
                var items = await call.AskAsync<StoreItem[]>("FederationStoreGet", stop, wanted);
                console.Write(items.Where(item => call.Parsed.GetValue(prefix) || item.Key == wanted).ToArray(),
                    static all =>
                {
                    var text = new StringBuilder();
                    foreach (var item in all)
                    {
                        text.Append(item.Key).Append('\n').Append(item.Value).Append('\n');
                    }

                    return text.ToString();
                });
                return ExitCode.Success;
            }, key, prefix));
    }
}
