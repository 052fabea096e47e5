using Federation.MinerAgent.Scheduling;
using Federation.Proto.Gates;

namespace Federation.MinerAgent.Jobs;

/// <summary>Whether a worker's result has what its phase must have. Pure.</summary>
public static class ResultCheck
{
    private const int HexDigits = 64;

    /// <summary>One sentence when a value is missing or malformed, else null.</summary>
    public static string? Problem(string phase, TaskResult result) => phase switch
    {
        TaskCode.AddPiece when result.Pieces.Count == 0 => "the worker's AP result names no piece",
        TaskCode.AddPiece or TaskCode.PreCommit1 when result.CommD.Length > 0 => Hex(phase, "comm_d", result.CommD),
        TaskCode.PreCommit2 => Hex(phase, "comm_d", result.CommD) ?? Hex(phase, "comm_r", result.CommR),
        TaskCode.Commit1 or TaskCode.Commit2 when result.ProofBytes == 0 =>
            $"the worker's {phase} result names no proof",
        TaskCode.Commit1 or TaskCode.Commit2 => Hex(phase, "proof_sha256", result.ProofSha256),
        _ => null,
    };

    private static string? Hex(string phase, string name, string value) =>
        value.Length == HexDigits && value.All(char.IsAsciiHexDigit)
            ? null
            : $"the worker's {phase} result has a {name} that is not {HexDigits} hexadecimal digits";
}
