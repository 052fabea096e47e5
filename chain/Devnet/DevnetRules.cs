using Federation.Chain.Messages;
using Federation.Proofs;

namespace Federation.Chain.Devnet;

/// <summary>What a message's execution comes to.</summary>
internal readonly record struct Verdict(int ExitCode, string? Error)
{
    public static readonly Verdict Ok = new(Chain.ExitCode.Ok, null);
}

/// <summary>The checks that a chain makes of a message at an epoch, but for the proof. Pure.</summary>
internal static class DevnetRules
{
    private const int DigestHexLength = 64;

    public static Verdict Check(ChainMessage message, DevnetSector sector, long epoch, DevnetOptions options)
    {
        if (message.Miner != options.Miner)
        {
            return new Verdict(ExitCode.NotFound,
                $"actor t0{message.Miner} not found, the devnet's miner is t0{options.Miner}");
        }

        return message switch
        {
            PreCommitMessage preCommit => PreCommit(preCommit, sector, epoch, options),
            ProveCommitMessage proveCommit => ProveCommit(proveCommit, sector, epoch, options),
            _ => new Verdict(ExitCode.IllegalArgument, "unknown method"),
        };
    }

    /// <summary>Epoch whose seed challenges a pre-commit.</summary>
    public static long SeedEpoch(long preCommitEpoch, DevnetOptions options) => preCommitEpoch + options.SeedDelay;

    private static Verdict PreCommit(PreCommitMessage message, DevnetSector sector, long epoch, DevnetOptions options)
    {
        if (sector.PreCommitEpoch is not null)
        {
            return Illegal($"sector number {message.Sector} already allocated");
        }

        if (!SealProofText.TryParse(message.SealProof, out var config))
        {
            return Illegal($"unsupported seal proof type '{message.SealProof}'");
        }

        if (message.TicketEpoch < 0 || message.TicketEpoch >= epoch)
        {
            return Illegal($"seal challenge epoch {message.TicketEpoch} must be before now {epoch}");
        }

        if (message.TicketEpoch < epoch - options.MaxTicketAge)
        {
            return Illegal(
                $"seal challenge epoch {message.TicketEpoch} too old, must be after {epoch - options.MaxTicketAge}");
        }

        if (message.Expiration <= epoch)
        {
            return Illegal($"sector expiration {message.Expiration} must be after now {epoch}");
        }

        return message.CommR.Length != Bytes32.Size || message.CommR.AsSpan().IndexOfAnyExcept((byte)0) < 0
            ? Illegal("sealed CID had wrong prefix")
            : Data(message, config);
    }

    private static Verdict Data(PreCommitMessage message, SealConfig config)
    {
        if (!UnsealedData.TryCommD(config.Shape.SectorSize, message.Pieces, out var commD, out var reason))
        {
            return Illegal($"failed to compute unsealed sector CID: {reason}");
        }

        return message.CommD.AsSpan().SequenceEqual(commD.AsSpan())
            ? Verdict.Ok
            : Illegal(
                $"unsealed CID does not match pieces: got {Convert.ToHexStringLower(message.CommD)}, computed {commD}");
    }

    private static Verdict ProveCommit(
        ProveCommitMessage message, DevnetSector sector, long epoch, DevnetOptions options)
    {
        if (sector.PreCommitEpoch is not { } preCommitEpoch)
        {
            return new Verdict(ExitCode.NotFound, $"no precommitted sector {message.Sector}");
        }

        if (sector.ActivationEpoch is not null)
        {
            return Illegal($"sector {message.Sector} is already proven");
        }

        if (message.ProofKind != ProofKindText.Format(options.Proofs))
        {
            return Illegal(
                $"this network takes {ProofKindText.Format(options.Proofs)} proofs, not '{message.ProofKind}'");
        }

        var due = preCommitEpoch + options.MaxProveCommitDuration;
        if (epoch > due)
        {
            return Illegal($"commitment proof for {message.Sector} too late at {epoch}, due {due}");
        }

        var seedEpoch = SeedEpoch(preCommitEpoch, options);
        if (epoch <= seedEpoch)
        {
            return new Verdict(ExitCode.Forbidden,
                $"too early to prove sector {message.Sector}: seed epoch {seedEpoch}, now {epoch}");
        }

        return message.ProofSha256.Length == DigestHexLength && message.ProofSha256.All(char.IsAsciiHexDigitLower)
            ? Verdict.Ok
            : Illegal("the proof's digest is not SHA-256 in hex");
    }

    private static Verdict Illegal(string error) => new(ExitCode.IllegalArgument, error);
}
