namespace Federation.Proofs.Fields;

/// <summary>
/// Arithmetic on one block of sixteen elements, see <see cref="FrBlock"/>, by one instruction set. Pointers need no
/// alignment; a result may lie over an operand. Allocation-free, safe to call from many threads.
/// </summary>
internal unsafe interface IFrKernel
{
    /// <summary>A block of which every element has the five limbs.</summary>
    static abstract void Broadcast(double* limbs, double* block);

    /// <summary>
    /// Limbs of sixteen integers below 2^256. They lie word by word, 64 bits each and least significant first, in a
    /// word element by element.
    /// </summary>
    static abstract void Split(ulong* words, double* limbs);

    /// <summary>
    /// Takes sixteen elements out of Montgomery form and writes them below r, in words as <see cref="Split"/> reads
    /// them.
    /// </summary>
    /// <param name="value">A block, elements of at most 16·r.</param>
    /// <param name="columns">Starting values for no product.</param>
    /// <param name="words">64 words.</param>
    static abstract void WriteCanonical(double* value, long* columns, ulong* words);

    /// <summary>
    /// Products of sixteen pairs of elements, plus what the starting values hold. Magnitude of a result: r/2 and
    /// |left| · |right| / 2^260.
    /// </summary>
    /// <param name="left">A block, elements of at most 16·r.</param>
    /// <param name="right">A block, elements of at most 16·r.</param>
    /// <param name="columns">Starting values for one product, <see cref="FrColumns.Write(int, Span{long})"/>.</param>
    /// <param name="product">The result, which may be an operand.</param>
    static abstract void Multiply(double* left, double* right, long* columns, double* product);

    /// <summary>Squares, with ten limb products less than <see cref="Multiply"/>; bounds and parameters are the
    /// same.</summary>
    static abstract void Square(double* value, long* columns, double* square);

    /// <summary>
    /// Sum of the products of blocks that lie one after another and constants, which are the same for all lanes, with
    /// one reduction. Magnitude of a result: r/2 and the sum / 2^260.
    /// </summary>
    /// <param name="terms">Blocks of elements of at most 16·r.</param>
    /// <param name="factors">Five limbs for each term, as <see cref="FrDigits"/> writes them.</param>
    /// <param name="count">Number of terms, 1 to <see cref="FrColumns.MaxTerms"/>.</param>
    /// <param name="columns">Starting values for so many products.</param>
    /// <param name="result">The sum, which may be one of the terms.</param>
    /// <param name="add">
    /// Whether the sum is added to what <paramref name="result"/> holds, which is not reduced: its magnitude grows by
    /// the sum's.
    /// </param>
    static abstract void InnerProduct(
        double* terms, double* factors, int count, long* columns, double* result, bool add);
}
