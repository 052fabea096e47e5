namespace Federation.Proto.Transport;

/// <summary>How a call ended. The numbers are gRPC's and travel on the wire.</summary>
public enum StatusCode
{
    /// <summary>The call did what was asked.</summary>
    OK = 0,

    /// <summary>The call was given up, usually by its caller.</summary>
    Cancelled = 1,

    /// <summary>The cause is not known.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first; whether the server acted is not known.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size limit or space is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The server is not in a state that allows this; repeating does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost a race; repeat it from its beginning.</summary>
    Aborted = 10,

    /// <summary>The request reaches past what exists.</summary>
    OutOfRange = 11,

    /// <summary>The server does not have this method.</summary>
    Unimplemented = 12,

    /// <summary>A rule that both sides rely on was broken.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached or is stopping; whether it acted is not known.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller did not prove who it is.</summary>
    Unauthenticated = 16,
}
