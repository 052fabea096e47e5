using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Run;

/// <summary>Log of an agent's start.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(4000, LogLevel.Information, "agent {Name} of region {Region} serves workers on {Endpoint}")]
    public static partial void Serving(ILogger logger, string name, string region, string endpoint);

    [LoggerMessage(4001, LogLevel.Warning, "{Warning}")]
    public static partial void ConfigWarning(ILogger logger, string warning);
}
