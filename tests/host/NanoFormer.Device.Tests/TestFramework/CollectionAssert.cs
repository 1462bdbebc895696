using System.Collections;

namespace nanoFramework.TestFramework
{
    /// <summary>nanoFramework's assertions about collections, as far as the tests use them, made of xunit's.</summary>
    public static class CollectionAssert
    {
        /// <summary>Fails unless both hold equal elements in the same order.</summary>
        public static void AreEqual(ICollection expected, ICollection actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }
    }
}
