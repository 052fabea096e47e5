using Federation.Bench.Figures;

namespace Federation.Bench.References;

/// <summary><c>reference.memcpy</c>: copies between two buffers that no cache holds, one thread; bytes are counted
/// once.</summary>
internal sealed class MemoryCopy : IFigure
{
    private const int Size = 128 << 20;

    private byte[] _from = [], _to = [];

    public string Name => "reference.memcpy";

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => 1;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        (_from, _to) = (new byte[Size], new byte[Size]);
        Array.Fill(_from, (byte)1);
        Run(cancellationToken);
        if (_to[^1] != 1)
        {
            throw new InvalidOperationException("nothing was copied");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        _from.AsSpan().CopyTo(_to);
        return Size;
    }

    public void Dispose() => (_from, _to) = ([], []);
}
