using Federation.Hosting;

namespace Federation.Launcher.Api;

/// <summary>The miner answered a call with an error: asking again would not help.</summary>
internal sealed class MinerRefusedException(string message, Exception cause) : OperatorException(message, null, cause);
