namespace Federation.Storage.Attempts;

/// <summary>What publishing an attempt came to.</summary>
public enum PublishOutcome
{
    /// <summary>Its files are final now.</summary>
    Published = 1,

    /// <summary>They were already: nothing but cleaning up was done.</summary>
    AlreadyPublished = 2,

    /// <summary>
    /// Another attempt was published under this order, or the phase under a later one: nothing was changed.
    /// </summary>
    Superseded = 3,

    /// <summary>There is no complete attempt of this name, nor a trace of its publication.</summary>
    Missing = 4,
}
