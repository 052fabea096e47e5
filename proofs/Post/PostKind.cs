namespace Federation.Proofs.Post;

/// <summary>The two proofs of spacetime.</summary>
public enum PostKind
{
    /// <summary>One sector, drawn when a block is won: 66 challenges.</summary>
    Winning,

    /// <summary>All sectors of a deadline's partition, every proving period: 10 challenges each.</summary>
    Window,
}
