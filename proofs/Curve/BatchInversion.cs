namespace Federation.Proofs.Curve;

/// <summary>Inverses of many field elements for one inversion and three products each (Montgomery's trick).</summary>
internal static class BatchInversion
{
    /// <summary>Puts each element's inverse in its place; zeros stay.</summary>
    public static void Invert<TField>(Span<TField> elements)
        where TField : unmanaged, ICurveField<TField>
    {
        var before = new TField[elements.Length];
        TField product = TField.One;
        for (int i = 0; i < elements.Length; i++)
        {
            before[i] = product;
            if (!elements[i].IsZero)
            {
                product *= elements[i];
            }
        }

        TField inverse = product.Inverse();
        for (int i = elements.Length - 1; i >= 0; i--)
        {
            if (!elements[i].IsZero)
            {
                TField element = elements[i];
                elements[i] = inverse * before[i];
                inverse *= element;
            }
        }
    }
}
