namespace Federation.Hosting.Cli;

/// <summary>A column of a <see cref="ColumnTable"/>.</summary>
/// <param name="Name">Its header.</param>
/// <param name="OwnLine">Whether its cells stand below their row, each as <c>Name: cell</c>.</param>
public sealed record TableColumn(string Name, bool OwnLine = false);
