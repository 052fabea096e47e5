using Federation.Proto.Transport;

namespace Federation.Discovery.Embedded;

/// <summary>Refusals with etcd's codes and words, so that clients and operators meet nothing new.</summary>
internal static class EtcdErrors
{
    public const string CompactedText = "etcdserver: mvcc: required revision has been compacted";
    public const string LeaseNotFoundText = "etcdserver: requested lease not found";

    public static RpcException KeyNotProvided() => Invalid("key is not provided");

    public static RpcException KeyNotFound() => Invalid("key not found");

    public static RpcException ValueProvided() => Invalid("value is provided");

    public static RpcException LeaseProvided() => Invalid("lease is provided");

    public static RpcException TooManyOps() => Invalid("too many operations in txn request");

    public static RpcException DuplicateKey() => Invalid("duplicate key given in txn request");

    public static RpcException RequestTooLarge() => Invalid("request is too large");

    public static RpcException InvalidSortOption() => Invalid("invalid sort option");

    public static RpcException LeaseNotFound() => new(StatusCode.NotFound, LeaseNotFoundText);

    public static RpcException LeaseExists() => new(StatusCode.FailedPrecondition, "etcdserver: lease already exists");

    public static RpcException LeaseTtlTooLarge() => new(StatusCode.OutOfRange, "etcdserver: too large lease TTL");

    public static RpcException Compacted() => new(StatusCode.OutOfRange, CompactedText);

    public static RpcException FutureRevision() =>
        new(StatusCode.OutOfRange, "etcdserver: mvcc: required revision is a future revision");

    public static RpcException Stopped() => new(StatusCode.Unavailable, "etcdserver: server stopped");

    private static RpcException Invalid(string what) => new(StatusCode.InvalidArgument, "etcdserver: " + what);
}
