#if !NANOFRAMEWORK_1_0
using System.IO;
using NanoFormer.Runtime;

namespace NanoFormer.Boards
{
    /// <summary>Keeps its bytes in a file, which changes all at once.</summary>
    internal sealed class FileStore : IStateStore
    {
        private readonly string _path;

        /// <summary>A store in a file that need not be there yet.</summary>
        internal FileStore(string path)
        {
            _path = path;
        }

        /// <inheritdoc/>
        public byte[] Read()
        {
            return File.Exists(_path) ? File.ReadAllBytes(_path) : null;
        }

        /// <inheritdoc/>
        public void Write(byte[] bytes)
        {
            File.WriteAllBytes(_path + ".new", bytes);
            File.Move(_path + ".new", _path, true);
        }
    }
}
#endif
