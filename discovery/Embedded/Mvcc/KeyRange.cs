using Google.Protobuf;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>etcd's way to name keys: one key, a half-open range, or everything from a key on.</summary>
internal readonly record struct KeyRange(ByteString Start, ByteString End)
{
    public bool IsSingle => End.IsEmpty;

    public bool IsOpenEnded => End.Length == 1 && End[0] == 0;

    public bool Contains(ByteString key) =>
        IsSingle
            ? key.Equals(Start)
            : KeyOrder.Compare(key, Start) >= 0 && (IsOpenEnded || KeyOrder.Compare(key, End) < 0);
}
