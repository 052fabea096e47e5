using Federation.Bench.Figures;

namespace Federation.Bench.References;

/// <summary><c>reference.read</c>: a file of 256 MiB, sequentially, in blocks of 1 MiB.</summary>
internal sealed class SequentialRead : IFigure
{
    private SequentialFile? _file;

    public string Name => "reference.read";

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => 1;

    public bool Waits => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _file = new SequentialFile(Path.Combine(context.Directory, "sequential"));
        _file.Write(cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        _file!.Read(cancellationToken);
        return SequentialFile.Size;
    }

    public void Dispose() => _file?.Dispose();
}
