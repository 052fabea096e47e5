namespace Federation.Proofs.PreCommit2;

/// <summary>Where PreCommit2 reads and writes.</summary>
public sealed record PreCommit2Request
{
    /// <summary>The sector's configuration.</summary>
    public required SealConfig Config { get; init; }

    /// <summary>The padded data. May be longer than the sector (Lotus's trailer): the rest is not read.</summary>
    public required string UnsealedPath { get; init; }

    /// <summary>
    /// The commitment that the data must have, which is looked at before anything else; null: whatever they are is
    /// sealed.
    /// </summary>
    public Bytes32? CommD { get; init; }

    /// <summary>Folder that holds the label files of PreCommit1.</summary>
    public required string LayerDirectory { get; init; }

    /// <summary>Folder that tree-c, tree-r-last and <c>p_aux</c> are written to; often the layers' folder.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The replica, which is written.</summary>
    public required string SealedPath { get; init; }
}
