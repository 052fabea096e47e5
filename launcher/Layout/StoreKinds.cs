namespace Federation.Launcher.Layout;

/// <summary>How <see cref="StoreKind"/> is typed.</summary>
internal static class StoreKinds
{
    /// <summary>The value of <c>--store</c>.</summary>
    public static string OptionText(this StoreKind kind) => kind == StoreKind.Etcd ? "etcd" : "embedded";
}
