namespace Federation.Bench.Figures;

/// <summary>What a value is given in.</summary>
/// <param name="Name">As printed: <c>B/s</c>.</param>
/// <param name="Kind">How it comes about from operations and seconds.</param>
/// <param name="Factor">What that is multiplied with.</param>
internal sealed record FigureUnit(string Name, UnitKind Kind, double Factor)
{
    /// <summary>Nanoseconds for each operation.</summary>
    public static FigureUnit Nanoseconds { get; } = new("ns", UnitKind.Time, 1e9);

    /// <summary>Seconds for each operation.</summary>
    public static FigureUnit Seconds { get; } = new("s", UnitKind.Time, 1);

    /// <summary>An amount of memory, which <see cref="IFigure.Run"/> returns.</summary>
    public static FigureUnit Bytes { get; } = new("B", UnitKind.Amount, 1);

    /// <summary>Bytes in a second, of operations that stand for so many bytes each.</summary>
    public static FigureUnit BytesPerSecond(double bytesPerOperation = 1) =>
        new("B/s", UnitKind.Rate, bytesPerOperation);

    /// <summary>The value of so many operations in so many seconds.</summary>
    public double ValueOf(double operations, double seconds) => Factor * Kind switch
    {
        UnitKind.Rate => operations / seconds,
        UnitKind.Time => seconds / operations,
        _ => operations,
    };
}
