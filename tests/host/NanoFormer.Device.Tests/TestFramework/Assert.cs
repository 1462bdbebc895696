using System;

namespace nanoFramework.TestFramework
{
    /// <summary>nanoFramework's assertions, as far as the tests use them, made of xunit's.</summary>
    public static class Assert
    {
        /// <summary>Fails unless the values are equal.</summary>
        public static void AreEqual(bool expected, bool actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }

        /// <summary>Fails unless the values are equal.</summary>
        public static void AreEqual(int expected, int actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }

        /// <summary>Fails unless the values are equal.</summary>
        public static void AreEqual(uint expected, uint actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }

        /// <summary>Fails unless the values are equal.</summary>
        public static void AreEqual(long expected, long actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }

        /// <summary>Fails unless the texts are equal.</summary>
        public static void AreEqual(string expected, string actual)
        {
            Xunit.Assert.Equal(expected, actual);
        }

        /// <summary>Fails if the texts are equal.</summary>
        public static void AreNotEqual(string notExpected, string actual)
        {
            Xunit.Assert.NotEqual(notExpected, actual);
        }

        /// <summary>Fails unless the condition holds.</summary>
        public static void IsTrue(bool condition)
        {
            Xunit.Assert.True(condition);
        }

        /// <summary>Fails if the condition holds.</summary>
        public static void IsFalse(bool condition)
        {
            Xunit.Assert.False(condition);
        }

        /// <summary>Fails unless there is nothing.</summary>
        public static void IsNull(object value)
        {
            Xunit.Assert.Null(value);
        }

        /// <summary>Fails unless the action throws an exception of just this type.</summary>
        public static void ThrowsException(Type exception, Action action)
        {
            Xunit.Assert.Throws(exception, action);
        }
    }
}
