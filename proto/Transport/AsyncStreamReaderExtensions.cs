using System.Runtime.CompilerServices;

namespace Federation.Proto.Transport;

/// <summary>Reading of streams by <c>await foreach</c>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>
    /// All messages until the stream ends; errors as in <see cref="IAsyncStreamReader{T}.MoveNext"/>.
    /// </summary>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> reader,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await reader.MoveNext(cancellationToken))
        {
            yield return reader.Current;
        }
    }
}
