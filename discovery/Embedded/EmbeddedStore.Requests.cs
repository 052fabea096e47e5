using System.Security.Cryptography;
using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded;

// Requests, each checked as etcd checks it before anything is applied.
public sealed partial class EmbeddedStore
{
    private const long MaxLeaseSeconds = 9_000_000_000;

    /// <summary>Reads keys.</summary>
    public Task<RangeResponse> RangeAsync(RangeRequest request)
    {
        RangeReader.Check(request);
        return ReadAsync(state =>
        {
            RangeReader.CheckRevision(state.Keys, request.Revision);
            var response = RangeReader.Read(state.Keys, request, state.Keys.Revision);
            response.Header = Header(state.Keys.Revision);
            return response;
        });
    }

    /// <summary>Writes a key.</summary>
    public Task<PutResponse> PutAsync(PutRequest request)
    {
        TxnRules.Check(request);
        CheckSize(request);
        return WriteAsync(step =>
        {
            var response = TxnRunner.Put(step, request);
            response.Header = Header(response.Header.Revision);
            return response;
        });
    }

    /// <summary>Deletes keys.</summary>
    public Task<DeleteRangeResponse> DeleteRangeAsync(DeleteRangeRequest request)
    {
        TxnRules.Check(request);
        CheckSize(request);
        return WriteAsync(step =>
        {
            var response = TxnRunner.Delete(step, request);
            response.Header = Header(response.Header.Revision);
            return response;
        });
    }

    /// <summary>Compares, then applies one of two lists of operations as one revision.</summary>
    public Task<TxnResponse> TxnAsync(TxnRequest request)
    {
        TxnRules.Check(request, _options.MaxTxnOps);
        CheckSize(request);
        return WriteAsync(step =>
        {
            var response = TxnRunner.Txn(step, request);
            response.Header = Header(response.Header.Revision);
            return response;
        });
    }

    /// <summary>Drops history before a revision.</summary>
    public Task<CompactionResponse> CompactAsync(CompactionRequest request) => WriteAsync(step =>
    {
        var keys = step.State.Keys;
        if (request.Revision <= keys.Compacted)
        {
            throw EtcdErrors.Compacted();
        }

        if (request.Revision > keys.Revision)
        {
            throw EtcdErrors.FutureRevision();
        }

        step.Compact(request.Revision);
        return new CompactionResponse { Header = Header(keys.Revision) };
    });

    /// <summary>Creates a lease.</summary>
    public Task<LeaseGrantResponse> LeaseGrantAsync(LeaseGrantRequest request) => WriteAsync(step =>
    {
        if (request.TTL > MaxLeaseSeconds)
        {
            throw EtcdErrors.LeaseTtlTooLarge();
        }

        if (request.ID != 0 && step.State.Leases.Find(request.ID) is not null)
        {
            throw EtcdErrors.LeaseExists();
        }

        var id = request.ID != 0 ? request.ID : NewLeaseId(step.State);
        var seconds = Math.Max(request.TTL, (long)_options.MinLeaseTimeToLive.TotalSeconds);
        step.Grant(id, seconds);
        return new LeaseGrantResponse { Header = Header(step.Revision), ID = id, TTL = seconds };
    });

    /// <summary>Ends a lease and deletes its keys.</summary>
    public Task<LeaseRevokeResponse> LeaseRevokeAsync(LeaseRevokeRequest request) => WriteAsync(step =>
    {
        step.Revoke(step.State.Leases.Find(request.ID) ?? throw EtcdErrors.LeaseNotFound());
        return new LeaseRevokeResponse { Header = Header(step.Revision) };
    });

    /// <summary>Renews a lease; TTL 0 says that there is none (any more).</summary>
    public Task<LeaseKeepAliveResponse> LeaseKeepAliveAsync(LeaseKeepAliveRequest request) => ReadAsync(state =>
    {
        var response = new LeaseKeepAliveResponse { Header = Header(state.Keys.Revision), ID = request.ID };
        // A lease whose time is over is not brought back, even if it has not been taken away yet.
        if (state.Leases.Find(request.ID) is { } lease && state.Leases.Remaining(lease) > TimeSpan.Zero)
        {
            state.Leases.Renew(lease);
            response.TTL = lease.TtlSeconds;
        }

        return response;
    });

    /// <summary>Reads a lease's remaining time and its keys; TTL -1 says that there is none.</summary>
    public Task<LeaseTimeToLiveResponse> LeaseTimeToLiveAsync(LeaseTimeToLiveRequest request) => ReadAsync(state =>
    {
        var response = new LeaseTimeToLiveResponse { Header = Header(state.Keys.Revision), ID = request.ID, TTL = -1 };
        if (state.Leases.Find(request.ID) is { } lease)
        {
            response.TTL = (long)Math.Floor(Math.Max(0, state.Leases.Remaining(lease).TotalSeconds));
            response.GrantedTTL = lease.TtlSeconds;
            if (request.Keys)
            {
                response.Keys.AddRange(lease.Keys.Order(Comparer<ByteString>.Create(KeyOrder.Compare)));
            }
        }

        return response;
    });

    /// <summary>Lists the leases, those first that end first.</summary>
    public Task<LeaseLeasesResponse> LeaseLeasesAsync() => ReadAsync(state => new LeaseLeasesResponse
    {
        Header = Header(state.Keys.Revision),
        Leases = { state.Leases.All.OrderBy(static l => l.Deadline).Select(static l => new LeaseStatus { ID = l.Id }) },
    });

    /// <summary>What the store says of itself.</summary>
    public Task<StatusResponse> StatusAsync() => ReadAsync(state =>
    {
        var size = _log.FileBytes + _snapshotBytes;
        return new StatusResponse
        {
            Header = Header(state.Keys.Revision),
            Version = CompatibleVersion,
            DbSize = size,
            DbSizeInUse = size,
            Leader = state.Identity!.MemberId,
            RaftIndex = (ulong)state.Keys.Revision,
            RaftTerm = state.Identity.Term,
            RaftAppliedIndex = (ulong)state.Keys.Revision,
        };
    });

    /// <summary>The etcd whose API this is; clients look at it.</summary>
    public const string CompatibleVersion = "3.4.0";

    private void CheckSize(IMessage request)
    {
        if (request.CalculateSize() > _options.MaxRequestBytes)
        {
            throw EtcdErrors.RequestTooLarge();
        }
    }

    private static long NewLeaseId(StoreState state)
    {
        while (true)
        {
            var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
            if (id != 0 && state.Leases.Find(id) is null)
            {
                return id;
            }
        }
    }
}
