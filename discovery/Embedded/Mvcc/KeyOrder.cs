using Google.Protobuf;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>Keys sort by their bytes.</summary>
internal sealed class KeyOrder : IComparer<KeyHistory>
{
    public static KeyOrder Instance { get; } = new();

    public static int Compare(ByteString left, ByteString right) => left.Span.SequenceCompareTo(right.Span);

    public int Compare(KeyHistory? x, KeyHistory? y) => Compare(x!.Key, y!.Key);
}
