using System.Reflection;

namespace NanoFormer.Contract.Tests;

/// <summary>Files of the repository that these tests were built in.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Full path of a file or folder given from the root.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);
}
