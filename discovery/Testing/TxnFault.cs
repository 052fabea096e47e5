namespace Federation.Discovery.Testing;

/// <summary>What happens to a transaction on its way.</summary>
public enum TxnFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The store is not reached: certainly not applied.</summary>
    Unavailable = 1,

    /// <summary>Applied, but the reply is lost.</summary>
    ReplyLost = 2,

    /// <summary>Not applied, and the caller cannot know.</summary>
    RequestLost = 3,
}
