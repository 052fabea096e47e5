namespace Federation.Miner.Sectors;

/// <summary>
/// A proof can be judged neither good nor bad: the miner lacks what that takes, such as the verifying key. The message
/// is one sentence that names the file and says what to do; nothing about the sector is wrong.
/// </summary>
internal sealed class ProofUnjudgedException(string message, Exception cause) : IOException(message, cause);
