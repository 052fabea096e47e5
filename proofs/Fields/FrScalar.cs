namespace Federation.Proofs.Fields;

/// <summary>
/// Blocks without vector instructions: sixteen elements one after another, each in Montgomery form and below r.
/// </summary>
internal readonly unsafe struct FrScalar : IFrTransformKernel
{
    private const int Count = FrBlock.Elements;

    /// <inheritdoc/>
    public static Fr FactorScale => Fr.One;

    /// <inheritdoc/>
    public static void Load(Fr* source, nint stride, double* block)
    {
        for (int i = 0; i < Count; i++)
        {
            Lanes(block)[i] = source[i * stride];
        }
    }

    /// <inheritdoc/>
    public static void Store(double* block, Fr* destination, nint stride)
    {
        for (int i = 0; i < Count; i++)
        {
            destination[i * stride] = Lanes(block)[i];
        }
    }

    /// <inheritdoc/>
    public static double* Factor(double* blocks, int index) =>
        (double*)(Lanes(blocks + (index / Count * (FrBlock.SizeBytes / sizeof(double)))) + (index % Count));

    /// <inheritdoc/>
    public static void Scale(double* block, double* factor, long* columns, double* product)
    {
        Fr scale = *(Fr*)factor;
        for (int i = 0; i < Count; i++)
        {
            Lanes(product)[i] = Lanes(block)[i] * scale;
        }
    }

    /// <inheritdoc/>
    public static void Transpose(double* blocks)
    {
        for (int row = 0; row < Count; row++)
        {
            for (int column = 0; column < row; column++)
            {
                Fr* a = Lanes(Block(blocks, row)) + column, b = Lanes(Block(blocks, column)) + row;
                (*a, *b) = (*b, *a);
            }
        }
    }

    /// <inheritdoc/>
    public static void Evaluate(double* x, double* y, double* factor, long* columns) =>
        Evaluate(Lanes(x), Lanes(y), (Fr*)factor, 0);

    /// <inheritdoc/>
    public static void EvaluateLanes(double* x, double* y, double* factors, long* columns) =>
        Evaluate(Lanes(x), Lanes(y), (Fr*)factors, 1);

    /// <inheritdoc/>
    public static void Interpolate(double* x, double* y, double* factor, long* columns) =>
        Interpolate(Lanes(x), Lanes(y), (Fr*)factor, 0);

    /// <inheritdoc/>
    public static void InterpolateLanes(double* x, double* y, double* factors, long* columns) =>
        Interpolate(Lanes(x), Lanes(y), (Fr*)factors, 1);

    private static Fr* Lanes(double* block) => (Fr*)block;

    private static double* Block(double* blocks, int index) => blocks + (index * (FrBlock.SizeBytes / sizeof(double)));

    private static void Evaluate(Fr* x, Fr* y, Fr* factors, int step)
    {
        for (int i = 0; i < Count; i++)
        {
            Fr sum = x[i], term = y[i] * factors[i * step];
            x[i] = sum + term;
            y[i] = sum - term;
        }
    }

    private static void Interpolate(Fr* x, Fr* y, Fr* factors, int step)
    {
        for (int i = 0; i < Count; i++)
        {
            Fr a = x[i], b = y[i];
            x[i] = a + b;
            y[i] = (a - b) * factors[i * step];
        }
    }
}
