using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded;

/// <summary>Applies requests to a <see cref="WriteStep"/>: first all conditions and checks, then all changes.</summary>
internal static class TxnRunner
{
    /// <summary>Applies a put.</summary>
    public static PutResponse Put(WriteStep step, PutRequest request)
    {
        CheckLease(step.State, request);
        CheckPresent(step.State, request);
        return ApplyPut(step, request);
    }

    /// <summary>Applies a delete.</summary>
    public static DeleteRangeResponse Delete(WriteStep step, DeleteRangeRequest request) => ApplyDelete(step, request);

    /// <summary>Applies a transaction.</summary>
    public static TxnResponse Txn(WriteStep step, TxnRequest request)
    {
        var branches = new Queue<bool>();
        Choose(step.State, request, branches);
        // In etcd's order: of several faults the same one is named.
        CheckChosen(request, new Queue<bool>(branches), op => CheckPut(step.State, op.RequestPut));
        CheckChosen(request, new Queue<bool>(branches), op => CheckRange(step.State, op.RequestRange));
        var response = Apply(step, request, branches);
        // Only the outermost transaction says its revision, as in etcd.
        response.Header.Revision = step.Revision;
        return response;
    }

    /// <summary>Decides every branch, the nested ones too, on the state before the transaction, as etcd does.</summary>
    private static void Choose(StoreState state, TxnRequest request, Queue<bool> branches)
    {
        var succeeded = request.Compare.All(compare => Comparison.Holds(state.Keys, compare));
        branches.Enqueue(succeeded);
        foreach (var op in succeeded ? request.Success : request.Failure)
        {
            if (op.RequestTxn is not null)
            {
                Choose(state, op.RequestTxn, branches);
            }
        }
    }

    private static void CheckChosen(TxnRequest request, Queue<bool> branches, Action<RequestOp> check)
    {
        foreach (var op in branches.Dequeue() ? request.Success : request.Failure)
        {
            if (op.RequestTxn is not null)
            {
                CheckChosen(op.RequestTxn, branches, check);
            }
            else
            {
                check(op);
            }
        }
    }

    private static void CheckRange(StoreState state, RangeRequest? range)
    {
        if (range is not null)
        {
            RangeReader.CheckRevision(state.Keys, range.Revision);
        }
    }

    private static void CheckPut(StoreState state, PutRequest? put)
    {
        if (put is not null)
        {
            CheckPresent(state, put);
            CheckLease(state, put);
        }
    }

    private static void CheckLease(StoreState state, PutRequest put)
    {
        if (put.Lease != 0 && state.Leases.Find(put.Lease) is null)
        {
            throw EtcdErrors.LeaseNotFound();
        }
    }

    private static void CheckPresent(StoreState state, PutRequest put)
    {
        if ((put.IgnoreValue || put.IgnoreLease) && state.Keys.Get(put.Key, state.Keys.Revision) is null)
        {
            throw EtcdErrors.KeyNotFound();
        }
    }

    private static TxnResponse Apply(WriteStep step, TxnRequest request, Queue<bool> branches)
    {
        var succeeded = branches.Dequeue();
        var response = new TxnResponse { Header = new ResponseHeader(), Succeeded = succeeded };
        foreach (var op in succeeded ? request.Success : request.Failure)
        {
            response.Responses.Add(ApplyOp(step, op, branches));
        }

        return response;
    }

    private static ResponseOp ApplyOp(WriteStep step, RequestOp op, Queue<bool> branches) => op.RequestCase switch
    {
        RequestOp.RequestOneofCase.RequestRange =>
            new ResponseOp { ResponseRange = RangeReader.Read(step.State.Keys, op.RequestRange, step.Revision) },
        RequestOp.RequestOneofCase.RequestPut => new ResponseOp { ResponsePut = ApplyPut(step, op.RequestPut) },
        RequestOp.RequestOneofCase.RequestDeleteRange =>
            new ResponseOp { ResponseDeleteRange = ApplyDelete(step, op.RequestDeleteRange) },
        _ => new ResponseOp { ResponseTxn = Apply(step, op.RequestTxn, branches) },
    };

    private static PutResponse ApplyPut(WriteStep step, PutRequest put)
    {
        var present = put.IgnoreValue || put.IgnoreLease ? step.State.Keys.Get(put.Key, step.Revision) : null;
        var value = put.IgnoreValue ? present!.Value : put.Value;
        var lease = put.IgnoreLease ? present!.Lease : put.Lease;
        var old = step.Put(put.Key, value, lease);
        var response = new PutResponse { Header = new ResponseHeader { Revision = step.Revision } };
        if (put.PrevKv && old is not null)
        {
            response.PrevKv = old;
        }

        return response;
    }

    private static DeleteRangeResponse ApplyDelete(WriteStep step, DeleteRangeRequest delete)
    {
        KeyValue[] doomed = [.. step.State.Keys.Range(new KeyRange(delete.Key, delete.RangeEnd), step.Revision)];
        foreach (var kv in doomed)
        {
            step.Delete(kv.Key);
        }

        var response = new DeleteRangeResponse
        {
            Header = new ResponseHeader { Revision = step.Revision }, Deleted = doomed.Length,
        };
        if (delete.PrevKv)
        {
            response.PrevKvs.AddRange(doomed);
        }

        return response;
    }
}
