using System;

namespace nanoFramework.TestFramework
{
    /// <summary>A class with tests, under the name that nanoFramework gives it.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class TestClassAttribute : Attribute
    {
    }
}
