namespace Federation.Proofs.Tests;

/// <summary>Data that cannot be sought in and arrive in small portions, as from a network.</summary>
internal sealed class TrickleStream(byte[] data, int portion) : MemoryStream(data, writable: false)
{
    public override bool CanSeek => false;

    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, Math.Min(count, portion));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, portion)]);
}
