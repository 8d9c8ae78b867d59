/* What tally.c asks of DuckDB, by its C extension API: a table of functions whose places are fixed since version 1.2.0.

   The library hands the table out when it loads an extension; a place counts from the table's start, in pointers. Only what is
   needed stands here, so that nothing has to be installed to compile it. */
#ifndef HENGJI_DUCKDB_API_H
#define HENGJI_DUCKDB_API_H

#include <stdbool.h>
#include <stdint.h>

#define API_VERSION "v1.2.0"

typedef uint64_t idx_t;
typedef void *handle; /* a connection, function, type, vector, … of DuckDB: only handed on */
typedef void (*destroyer)(void *);
typedef void (*scalar_body)(handle info, handle chunk, handle output);
typedef void (*table_body)(handle info, handle chunk);
typedef void (*table_step)(handle info);

struct extension_access {
	void (*set_error)(handle info, const char *error);
	handle *(*get_database)(handle info);
	void *const *(*get_api)(handle info, const char *version);
};

enum { TYPE_BOOLEAN = 1, TYPE_INTEGER = 4, TYPE_BIGINT = 5 };

enum { PLACES = 274 };
static void *api[PLACES]; /* a copy: what the library hands out is gone when the extension is loaded */

#define CALL(place, result, ...) ((result(*)(__VA_ARGS__))api[place])
#define duckdb_connect CALL(3, int, handle, handle *)
#define duckdb_disconnect CALL(6, void, handle *)
#define duckdb_vector_size CALL(26, idx_t, void)
#define duckdb_destroy_value CALL(92, void, handle *)
#define duckdb_get_int64 CALL(125, int64_t, handle)
#define duckdb_create_logical_type CALL(156, handle, int)
#define duckdb_destroy_logical_type CALL(184, void, handle *)
#define duckdb_data_chunk_get_vector CALL(190, handle, handle, idx_t)
#define duckdb_data_chunk_get_size CALL(191, idx_t, handle)
#define duckdb_data_chunk_set_size CALL(192, void, handle, idx_t)
#define duckdb_vector_get_data CALL(194, void *, handle)
#define duckdb_vector_get_validity CALL(195, uint64_t *, handle)
#define duckdb_create_scalar_function CALL(209, handle, void)
#define duckdb_destroy_scalar_function CALL(210, void, handle *)
#define duckdb_scalar_function_set_name CALL(211, void, handle, const char *)
#define duckdb_scalar_function_set_special_handling CALL(213, void, handle)
#define duckdb_scalar_function_set_volatile CALL(214, void, handle)
#define duckdb_scalar_function_add_parameter CALL(215, void, handle, handle)
#define duckdb_scalar_function_set_return_type CALL(216, void, handle, handle)
#define duckdb_scalar_function_set_extra_info CALL(217, void, handle, void *, destroyer)
#define duckdb_scalar_function_set_function CALL(218, void, handle, scalar_body)
#define duckdb_register_scalar_function CALL(219, int, handle, handle)
#define duckdb_scalar_function_get_extra_info CALL(220, void *, handle)
#define duckdb_scalar_function_set_error CALL(221, void, handle, const char *)
#define duckdb_create_table_function CALL(242, handle, void)
#define duckdb_destroy_table_function CALL(243, void, handle *)
#define duckdb_table_function_set_name CALL(244, void, handle, const char *)
#define duckdb_table_function_add_parameter CALL(245, void, handle, handle)
#define duckdb_table_function_set_extra_info CALL(247, void, handle, void *, destroyer)
#define duckdb_table_function_set_bind CALL(248, void, handle, table_step)
#define duckdb_table_function_set_init CALL(249, void, handle, table_step)
#define duckdb_table_function_set_local_init CALL(250, void, handle, table_step)
#define duckdb_table_function_set_function CALL(251, void, handle, table_body)
#define duckdb_register_table_function CALL(253, int, handle, handle)
#define duckdb_bind_add_result_column CALL(255, void, handle, const char *, handle)
#define duckdb_bind_get_parameter CALL(257, handle, handle, idx_t)
#define duckdb_bind_set_bind_data CALL(259, void, handle, void *, destroyer)
#define duckdb_init_get_extra_info CALL(262, void *, handle)
#define duckdb_init_get_bind_data CALL(263, void *, handle)
#define duckdb_init_set_init_data CALL(264, void, handle, void *, destroyer)
#define duckdb_init_set_max_threads CALL(267, void, handle, idx_t)
#define duckdb_init_set_error CALL(268, void, handle, const char *)
#define duckdb_function_get_extra_info CALL(269, void *, handle)
#define duckdb_function_get_init_data CALL(271, void *, handle)
#define duckdb_function_get_local_init_data CALL(272, void *, handle)

#endif
